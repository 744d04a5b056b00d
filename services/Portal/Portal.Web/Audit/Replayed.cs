using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Audit;

/// <summary>What two services recomputed of what they published, oldest first.</summary>
internal sealed record Replayed(Bound Bound, IReadOnlyList<ReplayedVersion> Matrices, IReadOnlyList<ReplayedVersion> Reports)
{
    public IReadOnlyList<ReplayedVersion> Different { get; } = [.. Matrices.Concat(Reports).Where(line => !line.Equal)];

    /// <summary>The first version that may not be here whole, since one of the lists was cut; null when none was.</summary>
    public long? CutAt { get; } = new[] { Matrices, Reports }.Where(lines => lines.Count == MatrixClient.MostReplayed)
        .Min(lines => (long?)lines[^1].Version);

    public FigureTable Table => new(
        "Everything published, and what it is when it is computed again",
        [
            new("version", "Version", true), new("what", "What"), new("published", "Digest published"), new("recomputed", "Recomputed"),
            new("equal", "Equal"),
        ],
        [
            .. Matrices.Concat(Reports).OrderByDescending(line => line.Version).ThenBy(line => line.Lens)
                .Select(line => (IReadOnlyList<TableEntry>)
            [
                new TableEntry(line.Version, Show.Count(line.Version), Bound.Address(line.Version, line.Lens is null ? "matrix" : "risk")),
                TableEntry.Of(line.Lens is { } lens ? $"risk, {Lenses.Name(lens)}" : "matrix"), Digest(line.Published),
                Digest(line.Recomputed), new TableEntry(line.Equal ? "yes" : "no", line.Equal ? "equal" : $"NOT EQUAL: {line.Difference}"),
            ]),
        ]);

    private static TableEntry Digest(string? digest) => new(digest, digest is null ? "–" : Show.Beginning(digest));
}
