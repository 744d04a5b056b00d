using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh cell why STUDY TECHNIQUE FAILURE-MODE</c>.</summary>
internal static class CellCommand
{
    public static Command Why(Shell shell)
    {
        var (study, version, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Json());
        var technique = new Argument<string>("TECHNIQUE") { Description = "Id of the technique" };
        var mode = new Argument<string>("FAILURE-MODE") { Description = "Id of the failure mode" };
        var command = new Command("why", "Why a cell says what it says: who rated it, and how much each organisation moves it")
        {
            study, technique, mode, version, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Matrix);
        command.SetAction(async (parsed, ct) =>
        {
            var cell = (parsed.GetRequiredValue(study), parsed.GetRequiredValue(technique), parsed.GetRequiredValue(mode));
            var lineage = await ReadAsync(service.Connect(parsed), cell, parsed.GetValue(version), ct);
            if (parsed.GetValue(json))
                shell.WriteJson(lineage);
            else
                CellSheets.Write(shell, lineage);
        });
        return command;
    }

    private static async Task<CellLineage> ReadAsync(
        ServiceClient matrix, (string Study, string Technique, string Mode) cell, long? version, CancellationToken ct)
    {
        var path = $"studies/{ServiceClient.Segment(cell.Study)}/matrix";
        try
        {
            return await matrix.GetAsync<CellLineage>(
                ReadingOptions.Query(
                    $"{path}/cells/{ServiceClient.Segment(cell.Technique)}/{ServiceClient.Segment(cell.Mode)}", ("version",
                        version?.ToString())),
                ct);
        }
        catch (CommandException unknown) when (unknown.Problem == ProblemBody.UnknownCell)
        {
            var view = await matrix.GetAsync<MatrixView>(path, ct);
            throw new CommandException(unknown.ExitCode, unknown.Message, unknown.Next, unknown)
            {
                Details =
                [
                    .. unknown.Details, .. Question(cell.Technique, view.Techniques), .. Question(cell.Mode, view.FailureModes),
                ],
                TraceId = unknown.TraceId,
            };
        }
    }

    private static IEnumerable<string> Question(string typed, IReadOnlyList<CatalogueItem> items)
    {
        var ids = items.Select(item => item.Id).ToArray();
        if (!ids.Contains(typed))
            yield return CloseMatch.Question(typed, ids) ?? $"'{typed}' is none of {string.Join(", ", ids)}.";
    }
}
