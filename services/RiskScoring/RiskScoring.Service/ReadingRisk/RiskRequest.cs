using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <summary>What a request may ask for, checked before anything is read. Each refusal names field, value and what is allowed.</summary>
internal static class RiskRequest
{
    public static string Lens(string? lens) => OneOf("lens", lens, Lenses.All);

    public static PortfolioChoice Portfolios(string? portfolios) =>
        OneOf("portfolios", portfolios, ["main", "all"]) == "all" ? PortfolioChoice.All : PortfolioChoice.Main;

    /// <summary>True when CSV is asked for: by the parameter, or by the Accept header unless that takes JSON as well.</summary>
    public static bool IsCsv(HttpRequest request, string? format)
    {
        if (format is not null) return OneOf("format", format, ["json", CsvFormat]) == CsvFormat;
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Any(type => type.MediaType.Equals(Csv.MediaType, StringComparison.OrdinalIgnoreCase))
            && !accepted.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The ids of a portfolio, separated by commas; names none twice and only techniques of the matrix.</summary>
    /// <param name="field">What the request calls them.</param>
    public static IReadOnlyList<string> Techniques(string ids, ConsensusMatrix matrix, string field = "ids")
    {
        var asked = ids.Split(',', StringSplitOptions.TrimEntries);
        var known = matrix.Techniques.Select(technique => technique.Id).ToHashSet(StringComparer.Ordinal);
        var allowed = string.Join(", ", known);
        if (asked.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
            throw RiskProblems.UnknownTechnique.Of(field, unknown, allowed + ", separated by commas");
        if (asked.GroupBy(id => id).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            throw RiskProblems.RepeatedTechnique.Of(field, repeated.Key, "every technique once");
        return asked;
    }

    /// <summary>The ids of a portfolio that may be left out, which means all techniques.</summary>
    public static IReadOnlyList<string>? Portfolio(string? ids, ConsensusMatrix matrix) =>
        ids is null ? null : Techniques(ids, matrix, "portfolio");

    /// <summary>One text for one portfolio.</summary>
    public static string SameInAnyOrder(string? ids) =>
        ids is null ? "all" : string.Join(',', ids.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));

    public const string CsvFormat = "csv";

    /// <summary>The value, or the first allowed one when none is given.</summary>
    public static string OneOf(string field, string? value, IReadOnlyList<string> allowed)
    {
        if (value is null) return allowed[0];
        return allowed.Contains(value) ? value : throw RiskProblems.BadParameter.Of(field, value, string.Join(", ", allowed));
    }
}
