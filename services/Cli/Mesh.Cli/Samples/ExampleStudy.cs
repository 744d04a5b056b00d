using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>
/// The study <c>example</c>: the paper's sheet and four invented organisations, to show disagreement, blind rounds, revisions
/// and withdrawals. Labelled synthetic wherever it shows.
/// </summary>
internal static class ExampleStudy
{
    public const string Id = "example";
    public const string Label = "synthetic example";

    private const ulong Seed = 251011235;
    private const string Disagreeing = "synthetic-d";

    private static readonly (string Id, string Letter, int Raters, int Leaning)[] Organisations =
        [("synthetic-a", "A", 3, -4), ("synthetic-b", "B", 4, 5), ("synthetic-c", "C", 2, 0), (Disagreeing, "D", 3, 8)];

    public static SampleStudy Study { get; } = Draw();

    private static SampleStudy Draw()
    {
        var draw = new SplitMix64(Seed);
        var raters = Raters(draw).ToArray();
        var judged = raters.Select(rater => rater.Judge(draw)).ToArray();
        var sheets = raters.Select((rater, i) => First(rater, judged[i], draw)).ToArray();
        var revisions = raters.Select((rater, i) => Revision(rater, judged, i, draw)).ToArray();
        return new SampleStudy(
            new OpenStudyRequest(Id, "Synthetic example: the paper's table and four invented organisations", PaperTable.Catalogue, Label),
            PaperStudy.Owner,
            [
                PaperStudy.AdmitAuthors,
                .. Organisations.Select(one => new SampleStep.Admit(one.Id, $"Synthetic organisation {one.Letter} (invented)")),
                new SampleStep.OpenRound("blind"),
                PaperStudy.Sheet,
                .. sheets,
                new SampleStep.CloseRound(1),
                new SampleStep.OpenRound("open"),
                .. revisions,
                new SampleStep.Withdraw(
                    raters[^1].Organisation, raters[^1].Id,
                    [.. judged[^1].Keys.Take(2).Select(cell => new WithdrawnItem(cell.Technique, cell.Mode))]),
            ]);
    }

    private static IEnumerable<SyntheticRater> Raters(SplitMix64 draw) =>
        from organisation in Organisations
        from number in Enumerable.Range(1, organisation.Raters)
        select new SyntheticRater(
            organisation.Id, organisation.Id + "-" + number.ToString(CultureInfo.InvariantCulture),
            organisation.Leaning + draw.Between(-6, 6), organisation.Id == Disagreeing ? ["DEC-AL", "COLL"] : []);

    private static SampleStep.Submit First(SyntheticRater rater, Dictionary<(string Technique, string Mode), int> judged, SplitMix64 draw)
    {
        var items = judged.Select(cell => SyntheticRater.State(cell.Key, cell.Value, draw)).ToList();
        if (draw.Chance(60))
            items.AddRange(SyntheticRater.Likelihoods(draw));
        if (draw.Chance(60))
            items.AddRange(SyntheticRater.SafetyTaxes(draw));
        return new SampleStep.Submit(rater.Organisation, rater.Id, items);
    }

    /// <summary>After the first round's ratings show, a rater moves some of its own half-way to what the others said.</summary>
    private static SampleStep.Submit Revision(
        SyntheticRater rater, Dictionary<(string Technique, string Mode), int>[] judged, int self, SplitMix64 draw)
    {
        var moved = judged[self].Where(_ => draw.Chance(15)).ToArray();
        return new SampleStep.Submit(
            rater.Organisation, rater.Id,
            [
                .. (moved.Length > 0 ? moved : [.. judged[self].Take(1)]).Select(cell =>
                    SyntheticRater.State(cell.Key, SyntheticRater.Clamp((cell.Value + Others(judged, self, cell)) / 2), draw)),
            ]);
    }

    private static int Others(
        Dictionary<(string Technique, string Mode), int>[] judged, int self, KeyValuePair<(string Technique, string Mode), int> cell)
    {
        var said = judged.Where((_, i) => i != self).Where(other => other.ContainsKey(cell.Key)).Select(other => other[cell.Key]).ToArray();
        return said.Length == 0 ? cell.Value : said.Sum() / said.Length;
    }
}
