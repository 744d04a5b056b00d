using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Matrix;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Cells;

/// <summary>One rating as it is drawn.</summary>
/// <param name="At">0..1.</param>
/// <param name="IsVerdict">Only a verdict was given; it stands where the headline's computation reads it.</param>
public sealed record RatingDot(double At, double? Lower, double? Upper, bool IsVerdict, bool IsCounted, string Words);

public sealed record OrganisationDots(string Name, double? Mean, IReadOnlyList<RatingDot> Dots);

/// <summary>Who rated a cell how, one row an organisation.</summary>
public sealed record RatingStrip(
    Bound Bound, string Title, string Reads, IReadOnlyList<LegendItem> Legend, FigureTable Table,
    IReadOnlyList<OrganisationDots> Organisations, ConsensusCell Consensus)
    : Figure(Bound, CellFigures.Ratings, Title, Reads, Legend, Table, typeof(RatingStripPicture))
{
    public static RatingStrip Of(Bound bound, CellLineage cell)
    {
        var ratings = cell.Ratings.ToLookup(rating => rating.Organisation);
        var means = cell.Organisations.ToDictionary(one => one.Organisation, one => one.Mean);
        var rows = ratings.Select(group => new OrganisationDots(
            OrganisationNames.Name(bound, group.Key), means.TryGetValue(group.Key, out var mean) ? mean : null,
            [.. group.Select(rating => Dot(cell, rating)).OfType<RatingDot>().OrderBy(dot => dot.At)])).ToArray();
        return new RatingStrip(
            bound, "Who says what",
            "Each mark is one rater's judgement, the bar its interval; the triangle is the organisation's pooled judgement, the dashed "
            + "line the consensus and the band its 90% interval.",
            Marks, RatingTable.Of(bound, cell), rows, cell.Lenses[Links.Headline])
        {
            Query = CellFigures.Query(cell),
            Lens = Links.Headline,
        };
    }

    private static IReadOnlyList<LegendItem> Marks { get; } =
    [
        new(new Mark("ring", Palette.Shared), "a rater's number"), new(new Mark("square", Palette.Shared), "a verdict without a number"),
        new(new Mark("ring", "#8a8f99"), "not counted"), new(new Mark("triangle", "#111111"), "organisation"),
        new(new Mark("dashed", Palette.Naive), "consensus"), new(new Mark("band", "#dce8f4"), "its 90% interval"),
    ];

    private static RatingDot? Dot(CellLineage cell, RatingLineage rating)
    {
        var words = $"{RatingTable.Judgement(rating)}, {rating.Rater}{(rating.Counted ? "" : ", not counted")}";
        if (Number(rating.Best) is { } best)
            return new RatingDot(best, Number(rating.Lower), Number(rating.Upper), false, rating.Counted, words);
        return VerdictAt(cell.Constants, rating.Verdict) is { } at ? new RatingDot(at, null, null, true, rating.Counted, words) : null;
    }

    private static double? VerdictAt(RohlConstants? constants, string? verdict) => (constants, verdict) switch
    {
        ({ } known, "resistant") => Logistic(known.ResistantLogit),
        ({ } known, "uncertain") => Logistic(known.UncertainLogit),
        ({ } known, "vulnerable") => Logistic(known.VulnerableLogit),
        _ => null,
    };

    private static double Logistic(double logit) => 1 / (1 + Math.Exp(-logit));

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
