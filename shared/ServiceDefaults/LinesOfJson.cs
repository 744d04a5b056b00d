using System.Text.Json;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.Http;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>Answers that come line by line while they are being worked out.</summary>
public static class LinesOfJson
{
    public const string MediaType = "application/x-ndjson";

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>Says at once that lines will follow.</summary>
    public static async Task StartLinesAsync(this HttpResponse response, CancellationToken token)
    {
        response.ContentType = MediaType;
        await response.StartAsync(token);
        await response.Body.FlushAsync(token);
    }

    /// <summary>Writes one line and sends it off.</summary>
    public static async Task WriteLineAsync<T>(this HttpResponse response, T line, CancellationToken token)
    {
        if (!response.HasStarted) response.ContentType = MediaType;
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, ContractJson.Options), token);
        await response.Body.WriteAsync(NewLine, token);
        await response.Body.FlushAsync(token);
    }
}
