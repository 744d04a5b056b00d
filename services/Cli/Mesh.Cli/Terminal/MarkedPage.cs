namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>A page of which only what lies between two marks is written by a command.</summary>
internal static class MarkedPage
{
    /// <summary>The page with new text between <c>&lt;!-- NAME: begin --&gt;</c> and <c>&lt;!-- NAME: end --&gt;</c>.</summary>
    /// <exception cref="CommandException">The page lacks the marks.</exception>
    public static string Into(string page, string name, string text)
    {
        var (begin, end) = ($"<!-- {name}: begin -->\n", $"<!-- {name}: end -->\n");
        var (from, until) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        return from < 0 || until < from
            ? throw CommandException.BadData("The file has no marks to write between.", $"Put {begin.Trim()} and {end.Trim()} into it.")
            : $"{page[..(from + begin.Length)]}\n{text}\n{page[until..]}";
    }
}
