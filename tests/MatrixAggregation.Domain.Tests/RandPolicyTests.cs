using System.Globalization;
using System.Text.RegularExpressions;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>
/// 173 experts of two camps on the effects of policies: public data of a matrix like ours (RAND, MIT licence; read, not kept).
/// </summary>
public partial class RandPolicyTests
{
    [SkippableFact]
    public void Ordinal_alpha_of_the_binned_answers_is_as_recorded_in_both_camps_and_overall()
    {
        var experts = Experts();
        Assert.Equal((173, 26, 147), (experts.Length, experts.Count(one => one.Camp == "1"), experts.Count(one => one.Camp == "2")));
        Assert.Equal(152, experts[0].Answers.Length);
        Assert.Equal([0.210, 0.243, 0.277], Alphas(experts, answer => answer < 95 ? 0 : answer > 105 ? 2 : 1));
        Assert.Equal([0.390, 0.330, 0.486], Alphas(experts, answer => answer));
    }

    private static double[] Alphas((string Camp, double?[] Answers)[] experts, Func<double, double> bin) =>
    [
        .. new[] { experts, experts.Where(one => one.Camp == "1"), experts.Where(one => one.Camp == "2") }.Select(group =>
        {
            var coders = group.Select(one => Array.ConvertAll(one.Answers, answer => answer is { } said ? bin(said) : (double?)null));
            var alpha = Krippendorff.Alpha(ReliabilityData.Of(AgreementVectorCases.Turned([.. coders])), AlphaMetric.Ordinal);
            return Math.Round(alpha.Value!.Value, 3);
        }),
    ];

    private static (string Camp, double?[] Answers)[] Experts()
    {
        var path = SharedFolder.Find("data/rand_gun_policy_puf.csv");
        Skip.If(path is null, "the RAND data is third party's and not in ../shared/data");
        var lines = File.ReadAllLines(path!).Select(line => line.Split(',')).ToArray();
        int[] answers = [.. lines[0].Index().Where(column => Answer().IsMatch(column.Item)).Select(column => column.Index)];
        return [.. lines.Skip(1).Select(fields => (fields[1], answers.Select(at => Number(fields[at])).ToArray()))];
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Fourteen old and five new policies by eight outcomes; questions 10, 11 and 13 are about the answers.</summary>
    [GeneratedRegex("^[ON]P[0-9]+Q[1-9]$")]
    private static partial Regex Answer();
}
