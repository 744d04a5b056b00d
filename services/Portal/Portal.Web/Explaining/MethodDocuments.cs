using System.Reflection;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace AlignmentMesh.Portal.Web.Explaining;

/// <summary>A document of docs/methods as a page.</summary>
/// <param name="Name">Its file without extension, e.g. <c>risk</c>.</param>
/// <param name="Body">What follows the title.</param>
public sealed record MethodDocument(string Name, string Title, MarkupString Body);

/// <summary>The method documents of the repository, rendered once: what the portal explains is what the repository says.</summary>
public static class MethodDocuments
{
    private static readonly string[] Names = ["aggregation", "agreement", "risk"];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    public static IReadOnlyList<MethodDocument> All { get; } = [.. Names.Select(Read)];

    private static MethodDocument Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".md")!;
        using var reader = new StreamReader(stream);
        var document = Markdown.Parse(reader.ReadToEnd(), Pipeline);
        var heading = document.OfType<HeadingBlock>().First();
        var title = string.Concat(heading.Inline!.Descendants<LiteralInline>().Select(text => text.Content.ToString()));
        document.Remove(heading);
        foreach (var link in document.Descendants<LinkInline>()) link.Url = Page(link.Url);
        return new MethodDocument(name, title, new MarkupString(Scrolling(document.ToHtml(Pipeline))));
    }

    /// <summary>A wide table scrolls by itself, by keyboard too. No page may have inline styles: a column's side is a class.</summary>
    private static string Scrolling(string html) => html
        .Replace(" style=\"text-align: right;\"", " class=\"number\"", StringComparison.Ordinal)
        .Replace("<table>", "<div class=\"scroller\" tabindex=\"0\"><table class=\"data\">", StringComparison.Ordinal)
        .Replace("<th></th>", "<td></td>", StringComparison.Ordinal)
        .Replace("</table>", "</table></div>", StringComparison.Ordinal)
        .Replace("<pre>", "<pre tabindex=\"0\">", StringComparison.Ordinal);

    /// <summary>A link to another of the documents leads to its page.</summary>
    private static string? Page(string? url)
    {
        var (path, anchor) = url?.Split('#') is [var file, .. var rest] ? (file, rest is [var id, ..] ? "#" + id : "") : ("", "");
        var name = path.EndsWith(".md", StringComparison.Ordinal) ? path[..^3] : null;
        return Names.Contains(name) ? $"/method/{name}{anchor}" : url;
    }
}
