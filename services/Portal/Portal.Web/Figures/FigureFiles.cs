using System.Text;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>Makes a figure from what a version says; one for each name.</summary>
internal interface IFigureSource
{
    IReadOnlyList<string> Names { get; }

    Task<Answer<Figure>> ReadAsync(string name, Bound bound, IQueryCollection query, CancellationToken token);
}

/// <summary>Figures as files: the picture, and its numbers as CSV and JSON.</summary>
internal static class FigureFiles
{
    private static readonly string[] Extensions = ["svg", "csv", "json"];

    public static void MapFigureFiles(this WebApplication app) =>
        app.MapGet("/studies/{study}/figures/{name}.{extension}", SendAsync).ExcludeFromDescription().RequireAuthorization(Access.Reader);

    private static async Task<IResult> SendAsync(
        string study, string name, string extension, string? v, string? lens, VersionReader versions, IEnumerable<IFigureSource> sources,
        Fragments fragments, HttpContext http, CancellationToken token)
    {
        if (!Extensions.Contains(extension) || sources.FirstOrDefault(one => one.Names.Contains(name)) is not { } source)
            return Results.NotFound();
        var bound = await versions.ReadAsync(study, v, lens, token);
        if (bound.Matrix is null) return Problem(bound.Missing[0]);
        var (figure, missing) = await source.ReadAsync(name, bound, http.Request.Query, token);
        if (figure is null) return Problem(missing!);
        var file = $"{study}-{name}-v{bound.Version}.{extension}";
        return extension switch
        {
            "svg" => Text(await fragments.DrawAsync(figure.Picture, ("Figure", figure), ("IsFile", true)), "image/svg+xml"),
            "csv" => Text(figure.Table.ToCsv(figure), "text/csv; charset=utf-8"),
            _ => Results.File(figure.Table.ToJson(figure), "application/json", file),
        };

        IResult Text(string text, string type) => Results.File(Encoding.UTF8.GetBytes(text), type, file);
    }

    public static IResult Problem(Missing missing) =>
        Results.Problem(missing.Detail, statusCode: missing.Status, title: missing.Title);
}
