using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>
/// Holds published versions and reports against what a ledger gives, both recomputed from its entries by the domains: the matrix by
/// folding, the risk from that matrix.
/// </summary>
internal sealed class ReplayComparison(LedgerReplay replay)
{
    public const string Matrix = "matrix";
    public const string Risk = "risk";

    /// <summary>Published versions that were recomputed.</summary>
    public Tally Versions { get; } = new();

    /// <summary>Published reports that were recomputed, one a lens.</summary>
    public Tally Reports { get; } = new();

    /// <summary>Compares the version that the replay has just reached.</summary>
    /// <param name="numbers">All of it, where it is known; without it only the digests can be compared.</param>
    /// <exception cref="AuditFailedException">It is not what the ledger gives.</exception>
    public void Compare(MatrixVersion published, ConsensusMatrix? numbers)
    {
        var recomputed = replay.Matrix();
        var name = $"version {published.Version}";
        Require(Matrix, published.Root == recomputed.Root, $"{name}: root is {published.Root}, recomputed {recomputed.Root}");
        Require(Matrix, published.AsOf == recomputed.AsOf, $"{name}: asOf is {published.AsOf}, recomputed {recomputed.AsOf}");
        if (numbers is not null)
        {
            var found = Reproduction.Of(Element(recomputed with { Digest = null }), Element(numbers with { Digest = null }));
            Require(Matrix, found.Holds, $"{name}: {found.Difference}");
            RequireDigest(Matrix, name, published.Digest, numbers.Digest, Consensus.DigestOf(numbers));
            Versions.Add(found, published.Digest == recomputed.Digest);
            return;
        }

        Require(Matrix, published.Digest == recomputed.Digest, WithoutNumbers(name, published.Digest, recomputed.Digest!));
        Versions.AddDigest();
    }

    /// <summary>Compares the stored reports of the version that the replay has just reached.</summary>
    /// <param name="matrixDigest">That of the published matrix of this version.</param>
    /// <param name="numbers">Those of the reports that are known in full.</param>
    /// <exception cref="AuditFailedException">They are not what the ledger gives.</exception>
    public void Compare(RiskVersion published, string matrixDigest, IReadOnlyList<RiskReport> numbers)
    {
        Require(
            Risk, published.MatrixDigest == matrixDigest,
            $"report of version {published.Version}: it is of matrix {published.MatrixDigest}, published is {matrixDigest}");
        foreach (var (lens, digest) in published.Digests.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Compare(published, lens, digest, numbers.FirstOrDefault(report => report.Lens == lens));
    }

    private void Compare(RiskVersion published, string lens, string digest, RiskReport? numbers)
    {
        var name = $"report of version {published.Version} under {lens}";
        var recomputed = Recompute(name, lens);
        if (numbers is not null)
        {
            var found = Reproduction.Of(Element(Bare(recomputed)), Element(Bare(numbers)));
            Require(Risk, found.Holds, $"{name}: {found.Difference}");
            Require(Risk, numbers.MatrixDigest == published.MatrixDigest, $"{name}: it is of matrix {numbers.MatrixDigest}");
            RequireDigest(Risk, name, digest, numbers.Digest, ScoreRisk.DigestOf(numbers));
            Reports.Add(found, digest == recomputed.Digest);
            return;
        }

        Require(Risk, digest == recomputed.Digest, WithoutNumbers(name, digest, recomputed.Digest!));
        Reports.AddDigest();
    }

    private RiskReport Recompute(string name, string lens)
    {
        try
        {
            return new ScoreRisk(replay.Matrix(), lens).Report(PortfolioChoice.Main);
        }
        catch (RiskInputException impossible)
        {
            throw new AuditFailedException(Risk, $"{name} cannot be recomputed: {impossible.Message}", impossible);
        }
    }

    // Digests are compared apart: they may differ where the numbers agree.
    private static RiskReport Bare(RiskReport report) => report with { Digest = null, MatrixDigest = "", Published = null };

    private static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, ContractJson.Options);

    private static void RequireDigest(string check, string name, string listed, string? stated, string own)
    {
        Require(check, stated == listed, $"{name}: its digest is {stated}, published is {listed}");
        Require(check, own == listed, $"{name}: its numbers have the digest {own}, published is {listed}");
    }

    private static string WithoutNumbers(string name, string published, string recomputed) =>
        $"{name}: digest is {published}, recomputed {recomputed}; its numbers are not at hand to compare (export with --full)";

    private static void Require(string check, bool holds, string otherwise)
    {
        if (!holds) throw new AuditFailedException(check, otherwise);
    }

    /// <summary>How much was reproduced, and how exactly.</summary>
    internal sealed class Tally
    {
        public long Compared { get; private set; }

        /// <summary>Single numbers.</summary>
        public long Numbers { get; private set; }

        /// <summary>Equal to the last bit, by number or by digest.</summary>
        public long Exact { get; private set; }

        /// <summary>Known by their digest alone.</summary>
        public long Digests { get; private set; }

        public string InWords(string what) =>
            $"{Compared} {what} reproduced, {(Exact == Compared ? "all" : $"{Exact}")} to the last bit"
            + $"{(Exact == Compared ? "" : $", the others within {Reproduction.Tolerance:0e+0}")}"
            + $" ({Compared - Digests} by all their {Numbers} numbers, {Digests} by digest)";

        public void Add(Reproduction found, bool sameDigest)
        {
            Compared++;
            Numbers += found.Numbers;
            if (found.ToTheBit && sameDigest) Exact++;
        }

        public void AddDigest()
        {
            Compared++;
            Digests++;
            Exact++;
        }
    }
}
