using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>Answers that come line by line.</summary>
internal sealed partial class ServiceClient
{
    /// <summary>What a long operation answers line by line, as it comes.</summary>
    public async IAsyncEnumerable<T> PostLinesAsync<T>(
        string path, object body, [EnumeratorCancellation] CancellationToken ct)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = Request(HttpMethod.Post, path, () => Written(body), null, trace);
        using var response = await SendAsync(request, trace, ct);
        if (!response.IsSuccessStatusCode)
            throw await FailureAsync(path, response.StatusCode, await response.Content.ReadAsStringAsync(ct), trace, ct);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(ct), Encoding.UTF8);
        while (await NextAsync(lines, trace, ct) is { } line)
            yield return JsonSerializer.Deserialize<T>(line, ContractJson.Options)!;
    }

    private async Task<string?> NextAsync(StreamReader lines, string trace, CancellationToken ct)
    {
        try
        {
            return await lines.ReadLineAsync(ct);
        }
        catch (IOException e)
        {
            throw new CommandException(
                ExitCode.TryAgain, $"{peer.Name} at {address} broke off in the middle of its answer: {e.Message}",
                "'mesh ops log' shows how it ended; run the same command again.", e)
            { TraceId = trace };
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string trace, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e, trace);
        }
    }
}
