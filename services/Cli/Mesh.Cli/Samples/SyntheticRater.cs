using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>
/// One invented rater of one invented organisation. All arithmetic is in whole per cent, so that the sample is the same on
/// every machine to the last digit.
/// </summary>
/// <param name="Leaning">Points that the organisation and the rater add to every probability.</param>
/// <param name="Contrarian">Failure modes that the organisation sees the other way round.</param>
internal sealed record SyntheticRater(string Organisation, string Id, int Leaning, IReadOnlyList<string> Contrarian)
{
    private const string Disclaimer = "Synthetic example: drawn with a fixed seed, says nothing about the technique.";

    private static readonly int[] Confidences = [70, 80, 90];

    /// <summary>The rater's probabilities of failure, in per cent; some cells are left out.</summary>
    public Dictionary<(string Technique, string Mode), int> Judge(SplitMix64 draw)
    {
        var judged = new Dictionary<(string, string), int>();
        foreach (var (technique, mode, verdict) in PaperTable.Verdicts)
        {
            var centre = verdict switch { "resistant" => 14, "vulnerable" => 84, _ => 50 };
            var seen = Contrarian.Contains(mode) ? 100 - centre : centre;
            var probability = Clamp(seen + Leaning + draw.Between(-8, 8) + draw.Between(-8, 8));
            if (draw.Chance(88))
                judged[(technique, mode)] = probability;
        }

        return judged;
    }

    /// <summary>A judgement as it is stated: a verdict, a number, or a number with bounds.</summary>
    public static RatingItem State((string Technique, string Mode) cell, int percent, SplitMix64 draw)
    {
        var verdict = percent switch { < 34 => "resistant", > 66 => "vulnerable", _ => "uncertain" };
        var (style, below, above, confidence) = (draw.Between(1, 100), draw.Between(3, 18), draw.Between(3, 18), draw.Between(0, 2));
        return style switch
        {
            <= 30 => new RatingItem(cell.Technique, cell.Mode, verdict, Rationale: Disclaimer),
            <= 45 => new RatingItem(cell.Technique, cell.Mode, Best: Share(percent), Rationale: Disclaimer),
            _ => new RatingItem(
                cell.Technique, cell.Mode, style > 90 ? verdict : null, Share(percent), Share(Math.Max(0, percent - below)),
                Share(Math.Min(100, percent + above)), Share(Confidences[confidence]), Disclaimer),
        };
    }

    public static IEnumerable<RatingItem> Likelihoods(SplitMix64 draw) => PaperTable.Catalogue.FailureModes
        .Select((mode, column) => new RatingItem(null, mode.Id, Best: Share(8 + 3 * column + draw.Between(-5, 5)), Rationale: Disclaimer));

    public static IEnumerable<RatingItem> SafetyTaxes(SplitMix64 draw) => PaperTable.Catalogue.Techniques
        .Select((technique, row) => new RatingItem(technique.Id, null, Best: Share(4 + 5 * row + draw.Between(-3, 3)),
            Rationale: Disclaimer));

    public static int Clamp(int percent) => Math.Clamp(percent, 1, 99);

    private static decimal Share(int percent) => percent / 100m;
}
