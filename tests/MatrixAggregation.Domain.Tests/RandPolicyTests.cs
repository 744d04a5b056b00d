using AlignmentMesh.Tests;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

/// <summary>
/// 173 experts of two camps on the effects of policies: public data of a matrix like ours (RAND, MIT licence; read, not kept).
/// </summary>
public class RandPolicyTests
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

    private static (string Camp, double?[] Answers)[] Experts() =>
        [.. KnownData.Rand().Select(one => (one.Camp, one.Answers.Select(answer => answer.Answer).ToArray()))];
}
