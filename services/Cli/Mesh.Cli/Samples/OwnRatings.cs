using System.Globalization;
using System.Text.RegularExpressions;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Terminal;
using CsvHelper;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>A user's ratings file as a study of its own: its organisations, its rounds, its rows in the order in which they
/// count.</summary>
internal static partial class OwnRatings
{
    public const string Id = "own-ratings";

    private const string Owner = "mesh-demo";
    private const string DefaultOrganisation = "own-organisation";
    private const string DefaultRater = "rater-1";
    private const int RowsPerImport = 5000;

    private static readonly string[] Columns =
        ["rater", "technique", "failure_mode", "verdict", "best", "lower", "upper", "confidence", "submitted_at", "withdrawn", "rationale"];

    /// <param name="name">What the file is called, for the title.</param>
    /// <exception cref="CommandException">Nothing in the file can be rated, or an id is not one.</exception>
    public static SampleStudy From(RatingsFile file, string name)
    {
        var rows = Effective(file.Rows);
        var techniques = Ids(rows, row => row.Content.Technique, "technique");
        var modes = Ids(rows, row => row.Content.FailureMode, "failure_mode");
        var catalogue = PaperTable.Catalogue;
        var isPaper = techniques.All(id => catalogue.Techniques.Any(item => item.Id == id))
            && modes.All(id => catalogue.FailureModes.Any(item => item.Id == id));
        if (!isPaper)
            catalogue = new Catalogue([.. techniques.Select(id => Item(id, name))], [.. modes.Select(id => Item(id, name))], []);
        var title = isPaper ? $"Dung and Mai 2025: ratings from {name}" : $"Ratings from {name}";
        return new SampleStudy(new OpenStudyRequest(isPaper ? PaperStudy.Id : Id, title, catalogue), Owner, [.. Steps(rows)]);
    }

    /// <summary>By round and the rows' own times; a withdrawal of something that was never rated says nothing.</summary>
    private static List<RatingsRow> Effective(IEnumerable<RatingsRow> rows)
    {
        var rated = new HashSet<(string, string, string?, string?)>();
        return
        [
            .. rows.OrderBy(row => row.Content.Round).ThenBy(row => row.Content.SubmittedAt ?? DateTimeOffset.MinValue).Where(row =>
            {
                var key = (Organisation(row), Rater(row), row.Content.Technique, row.Content.FailureMode);
                return row.Content.Withdrawn ? rated.Contains(key) : rated.Add(key) || true;
            }),
        ];
    }

    private static IEnumerable<SampleStep> Steps(List<RatingsRow> rows)
    {
        foreach (var organisation in rows.Select(Organisation).Distinct())
            yield return new SampleStep.Admit(Slug(organisation), organisation);
        var number = 0;
        foreach (var round in rows.GroupBy(row => row.Content.Round))
        {
            if (number > 0)
                yield return new SampleStep.CloseRound(number);
            number++;
            yield return new SampleStep.OpenRound("open");
            foreach (var organisation in round.GroupBy(Organisation))
                foreach (var part in organisation.Chunk(RowsPerImport))
                    yield return new SampleStep.Import(Slug(organisation.Key), Csv(part), [.. part.Select(row => row.Number)]);
        }
    }

    private static string Csv(IEnumerable<RatingsRow> rows)
    {
        using var text = new StringWriter();
        using var csv = new CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var column in Columns)
            csv.WriteField(column);
        csv.NextRecord();
        foreach (var row in rows)
        {
            foreach (var column in Columns)
                csv.WriteField(column == "rater" ? Rater(row) : row.Fields[column]);
            csv.NextRecord();
        }

        csv.Flush();
        return text.ToString();
    }

    private static string[] Ids(IEnumerable<RatingsRow> rows, Func<RatingsRow, string?> of, string column)
    {
        var ids = rows.Select(row => (row.Number, Id: of(row))).Where(row => row.Id is not null).ToArray();
        if (ids.Length == 0)
            throw CommandException.BadData($"No row of the file names a {column}.",
                "A study needs at least one technique and one failure mode.");
        if (ids.FirstOrDefault(row => !ItemId().IsMatch(row.Id!)) is { Id: { } bad } found)
            throw CommandException.BadData($"row {found.Number}, {column}: '{bad}'; allowed: 1..32 characters of A-Z, a-z, 0-9 and "
                + $"hyphen.");
        return [.. ids.Select(row => row.Id!).Distinct()];
    }

    private static CatalogueItem Item(string id, string name) => new(id, id, $"As {name} names it.");

    private static string Organisation(RatingsRow row) => row.Content.Rating.Organisation is { Length: > 0 } stated ? stated
        : DefaultOrganisation;

    private static string Rater(RatingsRow row) => row.Content.Rating.Rater is { Length: > 0 } stated ? stated : DefaultRater;

    /// <summary>The organisation as an id; two names that would become the same id are told apart by a hash of the name.</summary>
    private static string Slug(string organisation)
    {
        var slug = NoSlug().Replace(organisation.ToLowerInvariant(), "-");
        if (slug == organisation && slug.Length <= 64)
            return slug;
        var own = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
            organisation)))[..8];
        return $"{slug[..Math.Min(slug.Length, 55)]}-{own}";
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,32}$")]
    private static partial Regex ItemId();

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex NoSlug();
}
