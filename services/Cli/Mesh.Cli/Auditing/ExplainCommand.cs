using System.CommandLine;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>A cell recomputed from the ledger, with the entries that make it and their proofs.</summary>
/// <param name="ToTheBit">The published cell has the same bits; otherwise it is equal within 1e-12.</param>
internal sealed record ProvenCell(
    string Study, long Version, string Root, bool Signed, string Method, bool ToTheBit, ConsensusCell Cell,
    IReadOnlyList<ProvenRating> Entries);

/// <param name="LeafHash">Hex.</param>
/// <param name="Proof">Hex hashes of the inclusion proof, from the leaf up; it holds.</param>
internal sealed record ProvenRating(RatingLineage Rating, double? Share, double? Influence, string LeafHash, IReadOnlyList<string> Proof);

/// <summary><c>mesh audit explain STUDY T F</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(Shell shell)
    {
        var (study, version, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Json());
        var technique = new Argument<string>("TECHNIQUE") { Description = "Id of the technique" };
        var mode = new Argument<string>("FAILURE-MODE") { Description = "Id of the failure mode" };
        var policy = AuditOptions.Policy("or the root is one that nobody you named signed");
        var command = new Command("explain", "Which entries make a cell what it is, with weights and proofs, all checked here")
        {
            study, technique, mode, version, policy, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var published = new ReaderClients(shell).Study(parsed.GetRequiredValue(study));
            var known = await AuditOptions.ReadPolicyAsync(shell, parsed.GetValue(policy), ct);
            var size = parsed.GetValue(version) ?? await VerifiedLedger.SizeAsync(published, ct);
            var ledger = await VerifiedLedger.FetchAsync(shell, published, size, known, ct);
            var (row, column) = (parsed.GetRequiredValue(technique), parsed.GetRequiredValue(mode));
            var explained = CellExplanation.Of(ledger.Replay.State, ledger.Replay.Matrix(), row, column) ?? throw new CommandException(
                ExitCode.Failed, $"'{published.Study}' has no cell '{row}' x '{column}' at {size}.", "'mesh study show STUDY' names them.");
            var proven = Prove(explained, ledger, (await published.MatrixAsync(size, ct)).Lenses[Method.Rohl1]);
            if (parsed.GetValue(json))
                shell.WriteJson(proven);
            else
                Write(shell, proven, ledger.RootInWords);
        });
        return command;
    }

    private static ProvenCell Prove(CellExplanation explained, VerifiedLedger ledger, IReadOnlyList<ConsensusCell> published)
    {
        var (lineage, cell) = (explained.Lineage, explained.Lineage.Lenses[Method.Rohl1]);
        var shown = published.Single(one => one.Technique == cell.Technique && one.FailureMode == cell.FailureMode);
        var found = Reproduction.Of(
            JsonSerializer.SerializeToElement(cell, ContractJson.Options), JsonSerializer.SerializeToElement(shown, ContractJson.Options));
        if (!found.Holds)
            throw new CommandException(
                ExitCode.Failed, $"The published cell is not what the entries give: {found.Difference}.", "Report this to the operators.");
        return new(
            lineage.Study, lineage.Version, ledger.Replay.Root, ledger.Checkpoint?.Seen is { Log: not null }, lineage.Method!,
            found.ToTheBit, cell, [.. explained.Ratings.Select(one => Prove(one, ledger))]);
    }

    private static ProvenRating Prove(ExplainedRating one, VerifiedLedger ledger)
    {
        var (index, root) = (one.Rating.LedgerIndex, ledger.Tree.Root(ledger.Size));
        var proof = ledger.Tree.Inclusion(index, ledger.Size);
        return MerkleProof.VerifyInclusion(ledger.Tree.LeafHash(index), index, ledger.Size, proof, root)
            ? new(
                one.Rating, one.Share, one.Influence, Convert.ToHexStringLower(ledger.Tree.LeafHash(index)),
                [.. proof.Select(Convert.ToHexStringLower)])
            : throw new CommandException(ExitCode.Internal, $"No proof of entry {index} holds.");
    }

    private static void Write(Shell shell, ProvenCell proven, string root)
    {
        var cell = proven.Cell;
        shell.Out.WriteLine(
            $"{cell.Technique} x {cell.FailureMode}, version {proven.Version}: {Terminal.Show.Percent(cell.Mean)} "
            + $"({Terminal.Show.Interval(cell.Lower90, cell.Upper90)}), {cell.Verdict ?? Status.NoData}, by {proven.Method}");
        Sheet.Build(null, proven.Entries,
        [
            new Column<ProvenRating>("entry", (one, _) => Terminal.Show.Count(one.Rating.LedgerIndex)),
            new("organisation", (one, _) => one.Rating.Organisation),
            new("rater", (one, _) => one.Rating.Rater),
            new("round", (one, _) => Terminal.Show.Count(one.Rating.Round)),
            new("says", (one, _) => one.Rating.Best ?? one.Rating.Verdict ?? Terminal.Show.Nothing),
            new("counts", (one, _) => one.Rating.NotCountedBecause ?? "yes"),
            new("share of organisation", (one, _) => one.Share is { } share ? Terminal.Show.Percent(share) : Terminal.Show.Nothing),
            new("organisation moves it by", (one, _) => Terminal.Show.Points(one.Influence)),
            new("leaf", (one, _) => one.LeafHash[..16]),
            new("proof", (one, _) => $"{one.Proof.Count} hashes, holds"),
        ]).Write(shell);
        shell.Out.WriteLine($"Recomputed here from the first {proven.Version} entries and equal to what is published"
            + $"{(proven.ToTheBit ? ", to the last bit." : " within 1e-12.")}");
        shell.Out.WriteLine($"Proofs lead to {root}.");
    }
}
