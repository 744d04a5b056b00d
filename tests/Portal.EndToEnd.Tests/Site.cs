using System.Reflection;
using System.Text.RegularExpressions;
using AlignmentMesh.Portal.Web.Words;
using Microsoft.AspNetCore.Components;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>
/// Every page that the portal has: its routes are read from its assembly, so that a page added later is looked at like the others.
/// </summary>
internal static partial class Site
{
    /// <summary>Whatever no page has.</summary>
    public const string Nowhere = "/{*Path}";

    /// <summary>Only forwards to the matrix.</summary>
    private const string Index = "/studies/{Study}";

    /// <summary>What stands in addresses; a study is filled in by the test.</summary>
    private static readonly Dictionary<string, string> Examples = new()
    {
        ["Technique"] = "RLHF",
        ["FailureMode"] = "COLL",
        ["Index"] = "1",
        ["Name"] = "aggregation",
        ["Path"] = "no/such/page",
    };

    /// <summary>Views that are a page of their own to a reader.</summary>
    private static readonly string[] Views =
    [
        "/studies/{Study}/matrix?view=disagreement", "/studies/{Study}/matrix?view=coverage", "/studies/{Study}/matrix?view=change",
        "/studies/{Study}/matrix?view=change&since=1", "/studies/{Study}/matrix?order=clustered",
        "/studies/{Study}/matrix?view=table", "/studies/{Study}/matrix?view=sources", "/studies/{Study}/matrix?lens=crisp",
        "/studies/{Study}/replay?at=2", "/studies/{Study}/audit/verify?from=1",
    ];

    /// <summary>What only a study with ratings has.</summary>
    private static readonly string[] OfRatings =
        ["/studies/{Study}/audit/entries/9", "/studies/{Study}/audit/entries?from=3", "/studies/{Study}/replay?at=9"];

    public static IReadOnlyList<string> Routes { get; } =
    [
        .. typeof(Show).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => route.Template).Where(template => template != Index).Order(StringComparer.Ordinal),
    ];

    /// <summary>The routes, and the views.</summary>
    public static IReadOnlyList<string> Templates { get; } = [.. Routes.Concat(Views).Order(StringComparer.Ordinal)];

    /// <summary>The same, and views of ratings.</summary>
    public static IReadOnlyList<string> OfSample { get; } = [.. Templates, .. OfRatings];

    /// <summary>The pages about a study.</summary>
    public static IReadOnlyList<string> OfStudies { get; } =
        [.. Templates.Where(template => template.Contains("{Study}", StringComparison.Ordinal))];

    public static string Fill(string template, string study) => Parameter().Replace(template, match => match.Groups["name"].Value switch
    {
        "Study" => study,
        "Id" => template.Contains("/techniques/", StringComparison.Ordinal) ? "RLHF" : "COLL",
        var name when Examples.TryGetValue(name, out var example) => example,
        var name => throw new InvalidOperationException($"{template}: give an example of {name} here."),
    });

    /// <summary>A picture or data, not a page.</summary>
    public static bool IsFile(Uri address) => File().IsMatch(address.AbsolutePath);

    /// <summary>What addresses of one kind have in common: the route, or a file's name, and which parameters are given.</summary>
    public static string Kind(Uri address)
    {
        var path = address.AbsolutePath;
        var route = Routes.FirstOrDefault(route => route != Nowhere && Pattern(route).IsMatch(path))
            ?? StudyId().Replace(path, "/studies/_/");
        var names = address.Query.TrimStart('?').Split('&').Select(part => part.Split('=')[0]).Order(StringComparer.Ordinal);
        return $"{route}?{string.Join('&', names)}";
    }

    /// <summary>What a first visit may load.</summary>
    public static int MostBytes(string template) => (template.EndsWith("/lab", StringComparison.Ordinal) ? 100 : 80) * 1024;

    /// <summary>A file name for a page.</summary>
    public static string FileName(string template) =>
        NoLetter().Replace(template.Replace("/studies/{Study}", "study", StringComparison.Ordinal), "-").Trim('-') is { Length: > 0 } name
            ? name : "home";

    private static Regex Pattern(string route) =>
        new($"^{Parameter().Replace(Regex.Escape(route).Replace(@"\{", "{", StringComparison.Ordinal), "[^/]+")}$");

    [GeneratedRegex(@"\{\*?(?<name>\w+)(:\w+)?\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NoLetter();

    [GeneratedRegex(@"\.(svg|csv|json|bib)$")]
    private static partial Regex File();

    [GeneratedRegex("^/studies/[^/]+/")]
    private static partial Regex StudyId();
}
