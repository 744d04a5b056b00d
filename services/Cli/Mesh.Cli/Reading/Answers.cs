using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary>Something that a service answers, in the form that was asked for.</summary>
internal sealed class Answers(Option<string> format, Option<bool> json)
{
    /// <param name="table">Writes it for people.</param>
    public async Task WriteAsync<T>(
        Shell shell, ParseResult parsed, ServiceClient service, string path, Action<T> table, CancellationToken ct)
    {
        if (!parsed.GetValue(json) && parsed.GetValue(format) == ReadingOptions.Csv)
        {
            var joined = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            shell.Out.Write(await service.GetTextAsync($"{path}{joined}format=csv", ct));
            return;
        }

        var answer = await service.GetAsync<T>(path, ct);
        if (parsed.GetValue(json) || parsed.GetValue(format) != ReadingOptions.Table)
            shell.WriteJson(answer);
        else
            table(answer);
    }
}
