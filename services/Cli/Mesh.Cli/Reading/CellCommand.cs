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
                Write(shell, lineage);
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

    private static void Write(Shell shell, CellLineage lineage)
    {
        var label = lineage.Label is null ? "" : $" ({lineage.Label})";
        shell.Out.WriteLine($"{lineage.Technique} x {lineage.FailureMode} of {lineage.Study}{label}, version {lineage.Version}");
        var lenses = new Sheet("lens", "mean", "90% interval", "verdict", "status", "organisations", "raters") { Title = "Consensus" };
        foreach (var (lens, cell) in lineage.Lenses.OrderBy(pair => pair.Key != ReadingOptions.Headline))
            lenses.Add(
                lens, Show.Percent(cell.Mean),
                cell.Lower90 is null ? Show.Nothing : $"{Show.Percent(cell.Lower90)} to {Show.Percent(cell.Upper90)}",
                cell.Verdict ?? Show.Nothing, cell.Status, Show.Count(cell.Organisations), Show.Count(cell.Raters));
        lenses.Write(shell);
        var organisations = new Sheet("organisation", "raters", "mean", "moves the consensus by",
            "decides the verdict")
        { Title = "Organisations" };
        foreach (var part in lineage.Organisations)
            organisations.Add(
                part.Organisation, Show.Count(part.Raters), Show.Percent(part.Mean), Show.Points(part.Influence), part.FlipsVerdict ? "yes"
                    : "no");
        organisations.Write(shell);
        Ratings(lineage).Write(shell);
    }

    private static Sheet Ratings(CellLineage lineage)
    {
        var sheet = new Sheet("organisation", "rater", "round", "verdict", "best", "bounds", "confidence", "ledger", "recorded", "counted",
            "trace")
        {
            Title = "Ratings",
        };
        foreach (var rating in lineage.Ratings)
            sheet.Add(
                rating.Organisation, rating.Rater, Show.Count(rating.Round), rating.Verdict ?? Show.Nothing, rating.Best ?? Show.Nothing,
                rating.Lower is null && rating.Upper is null ? Show.Nothing : $"{rating.Lower} to {rating.Upper}",
                rating.Confidence ?? Show.Nothing, Show.Count(rating.LedgerIndex), rating.RecordedAt,
                rating.Counted ? "yes" : rating.NotCountedBecause ?? "no", rating.TraceId ?? Show.Nothing);
        return sheet;
    }
}
