using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>
/// Table 1 of Dung and Mai 2025 (arXiv 2510.11235) as a consensus: under crisp x = 1, ok = 0, ? = 0.5; under rohl-1 what one
/// verdict says, with its spread. Every likelihood is the stated assumption 0.1.
/// </summary>
internal static class PaperMatrix
{
    public static readonly string[] Techniques = ["RLHF", "RLAIF", "W2S", "Debate", "RE", "ScientistAI", "IDA"];

    private static readonly string[] Modes = ["S-TAX", "CAP-DEV", "DEC-AL", "COLL", "EM-MIS", "EVAL-DIFF", "AL-GEN"];

    private static readonly string[] Rows = [".xx.xxx", ".xxxxxx", ".xxxxxx", "?x.xxxx", "..x...x", "x?.?...", "x.....x"];

    public static ConsensusMatrix Of(string study, long version) => Signed(new ConsensusMatrix(
        study, null, version, new string('a', 64), $"2026-03-01T09:30:00.{version:D6}Z",
        Named(Techniques), Named(Modes),
        [new("RLHF pipeline", ["RLHF", "RLAIF", "W2S"]), new("Debate and RE", ["Debate", "RE"])],
        [.. Modes.Select(mode => new ConsensusQuantity(mode, 0.1, null, null, 0, 0, true))],
        [.. Techniques.Select(technique => new ConsensusQuantity(technique, null, null, null, 0, 0, true))],
        new Dictionary<string, IReadOnlyList<ConsensusCell>> { ["rohl-1"] = Cells(Rohl1), ["crisp"] = Cells(Crisp) }, null));

    /// <summary>A study of so many techniques that its portfolios cannot all be listed.</summary>
    public static ConsensusMatrix Wide(string study, long version, int techniques)
    {
        var ids = Enumerable.Range(1, techniques).Select(n => $"T{n}").ToArray();
        ConsensusCell[] cells = [.. ids.Select(id => Crisp(id, "S-TAX", 'x'))];
        return Signed(new ConsensusMatrix(
            study, null, version, new string('b', 64), "2026-03-01T09:30:00.000000Z", Named(ids), Named(["S-TAX"]), [],
            [new("S-TAX", 0.1, null, null, 0, 0, true)], [.. ids.Select(id => new ConsensusQuantity(id, 1, 1, 1, 1, 1, false))],
            new Dictionary<string, IReadOnlyList<ConsensusCell>> { ["rohl-1"] = cells, ["crisp"] = cells }, null));
    }

    /// <summary>Every cell between 0 and 1 with a spread, so that nothing about it is simple; a named portfolio of all but one.</summary>
    public static ConsensusMatrix Dense(string study, long version, int techniques, int modes, Func<int, double?> mean)
    {
        string[] ids = [.. Enumerable.Range(1, techniques).Select(n => $"T{n}")];
        string[] names = [.. Enumerable.Range(1, modes).Select(n => $"M{n}")];
        ConsensusCell[] cells =
        [
            .. ids.SelectMany((id, i) => names.Select((mode, j) => mean(7 * i + 3 * j) is { } known
                ? new ConsensusCell(id, mode, 3, 2, known, 0.1, known, known / 4, 1 - (1 - known) / 4, 0, 0, 0, 0, "uncertain", "ok")
                : new ConsensusCell(id, mode, 0, 0, null, null, null, null, null, null, null, null, null, null, "no_data"))),
        ];
        return Signed(new ConsensusMatrix(
            study, null, version, new string('c', 64), "2026-03-01T09:30:00.000000Z", Named(ids), Named(names),
            [.. techniques > 1 ? [new NamedPortfolio("All but one", ids[1..])] : Array.Empty<NamedPortfolio>()],
            [.. names.Select((mode, j) => new ConsensusQuantity(mode, 0.01 + 0.2 * (j % 5) / 5, null, null, 1, 1, false))],
            [.. ids.Select(id => new ConsensusQuantity(id, 1, 1, 1, 1, 1, false))],
            new Dictionary<string, IReadOnlyList<ConsensusCell>> { ["rohl-1"] = cells, ["crisp"] = cells }, null));
    }

    /// <summary>The matrix with the digest of what it says.</summary>
    public static ConsensusMatrix Signed(ConsensusMatrix matrix) => matrix with
    {
        Digest = Convert.ToHexStringLower(
            SHA256.HashData(CanonicalJson.Serialize(matrix with { Digest = null }, ContractJson.Options))),
    };

    private static ConsensusCell[] Cells(Func<string, string, char, ConsensusCell> cell) =>
        [.. Techniques.SelectMany((technique, i) => Modes.Select((mode, j) => cell(technique, mode, Rows[i][j])))];

    private static ConsensusCell Crisp(string technique, string mode, char says) => new(
        technique, mode, 1, 1, says switch { 'x' => 1, '.' => 0, _ => 0.5 }, null, null, null, null, null, null, null, null,
        Verdict(says), "single_source");

    private static ConsensusCell Rohl1(string technique, string mode, char says)
    {
        var mean = says switch { 'x' => 0.6753239005528392, '.' => 1 - 0.6753239005528392, _ => 0.5 };
        return new ConsensusCell(
            technique, mode, 1, 1, mean, 0.214861178380726, mean, mean / 4, 1 - (1 - mean) / 4, 0.1, 0.3, 0.6, 0.7, Verdict(says),
            "single_source");
    }

    private static string Verdict(char says) => says switch { 'x' => "vulnerable", '.' => "resistant", _ => "uncertain" };

    private static CatalogueItem[] Named(string[] ids) => [.. ids.Select(id => new CatalogueItem(id, id + " by name", "What it is."))];
}
