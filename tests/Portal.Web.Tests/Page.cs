using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>A page as a browser reads it.</summary>
internal sealed class Page(string html)
{
    public string Html => html;

    public IDocument Document { get; } = new HtmlParser().ParseDocument(html);

    /// <summary>All text of what the selector finds first, with single spaces.</summary>
    public string Text(string selector = "body") =>
        string.Join(' ', Document.QuerySelector(selector)!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<string> Texts(string selector) =>
        [.. Document.QuerySelectorAll(selector).Select(element =>
            string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    public IReadOnlyList<string> Hrefs(string selector = "a") =>
        [.. Document.QuerySelectorAll(selector).Select(element => element.GetAttribute("href") ?? "")];
}
