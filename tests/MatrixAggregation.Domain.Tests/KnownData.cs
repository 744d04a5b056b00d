using System.Globalization;
using System.Text.RegularExpressions;

namespace AlignmentMesh.Tests;

/// <summary>
/// Public data sets of judgements, read where a checkout of them stands beside the project. A test that needs one is skipped elsewhere.
/// </summary>
internal static partial class KnownData
{
    /// <summary>aggreCAT's methods that are lenses here.</summary>
    public static readonly IReadOnlyDictionary<string, string> LensOf = new Dictionary<string, string>
    {
        ["ArMean"] = "arithmetic-mean",
        ["Median"] = "median",
        ["GeoMean"] = "geometric-mean",
        ["LOArMean"] = "log-odds-mean",
        ["ProbitArMean"] = "probit-mean",
        ["BetaArMean"] = "beta-ar-mean",
        ["IntWAgg"] = "int-w-agg",
        ["IndIntWAgg"] = "ind-int-w-agg",
        ["DistribArMean"] = "distrib-ar-mean",
        ["BayTriVar"] = "bay-tri-var",
    };

    /// <summary>One judgement of aggreCAT's example data: a claim, its reader's group, and bounds in per cent.</summary>
    /// <param name="Round"><c>round_1</c> or <c>round_2</c>.</param>
    public sealed record Claim(string Round, string Id, string Reader, string Group, decimal Lower, decimal Best, decimal Upper);

    /// <summary>One of RAND's experts: <c>1</c> or <c>2</c> is the camp; answers by policy and outcome, percent of today's level.</summary>
    public sealed record Expert(string Id, string Camp, IReadOnlyList<(string Policy, string Outcome, double? Answer)> Answers);

    /// <summary>25 claims with known outcomes, five groups of five readers, two rounds (aggreCAT, MIT licence).</summary>
    public static IReadOnlyList<Claim> Sips() =>
    [
        .. from line in Lines("data/aggrecat_sips_ratings.csv")
           select new Claim(line[0], line[1], line[2], line[3], Decimal(line[4]), Decimal(line[5]), Decimal(line[6])),
    ];

    /// <summary>1e-9; where aggreCAT samples, its sampling error.</summary>
    public static double ToleranceOf(string method) => method == "BayTriVar" ? 5e-5 : 1e-9;

    /// <summary>What aggreCAT's methods that are lenses say of each claim in round 2.</summary>
    public static IReadOnlyList<(string Method, string Claim, double Score)> SipsScores() =>
    [
        .. from line in Lines("data/aggrecat_sips_expected.csv")
           where LensOf.ContainsKey(line[0])
           select (line[0], line[1], Number(line[2])),
    ];

    /// <summary>173 experts on 19 policies by 8 outcomes (RAND, MIT licence).</summary>
    public static IReadOnlyList<Expert> Rand()
    {
        var lines = File.ReadAllLines(SharedFolder.Find("data/rand_gun_policy_puf.csv")).Select(line => line.Split(',')).ToArray();
        (int At, string Policy, string Outcome)[] columns =
        [
            .. from column in lines[0].Index()
               let name = Question().Match(column.Item)
               where name.Success
               select (column.Index, name.Groups["policy"].Value, name.Groups["outcome"].Value),
        ];
        return
        [
            .. lines.Skip(1).Select(fields => new Expert(
                fields[0], fields[1], [.. columns.Select(column => (column.Policy, column.Outcome, Answer(fields[column.At])))])),
        ];
    }

    /// <summary>The lines of a CSV file after its header.</summary>
    public static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(SharedFolder.Find(file)).Skip(1).Select(line => line.Split(','));

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static double? Answer(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Fourteen old and five new policies by eight outcomes; questions 10, 11 and 13 are about the answers.</summary>
    [GeneratedRegex("^(?<policy>[ON]P[0-9]+)(?<outcome>Q[1-9])$")]
    private static partial Regex Question();
}
