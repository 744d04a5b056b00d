namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>
/// How much room a text takes in a picture, which does not wrap by itself: estimated from the widths of a wide sans-serif, so that
/// other fonts only leave space.
/// </summary>
public static class TextMeasure
{
    /// <summary>How much wider bold letters are.</summary>
    public const double Bold = 1.15;

    /// <summary>Width in pixels at a font size in pixels.</summary>
    public static double Width(string text, double size)
    {
        double ems = 0;
        foreach (var letter in text) ems += Ems(letter);
        return ems * size;
    }

    /// <summary>
    /// Lines that are at most <paramref name="width"/> wide. A longer word is broken; what does not fit into the lines allowed ends
    /// with an ellipsis.
    /// </summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, int lines = int.MaxValue)
    {
        var wrapped = new List<string>();
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Break(word, width, size)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Width(longer, size) > width)
            {
                wrapped.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        if (line.Length > 0) wrapped.Add(line);
        return wrapped.Count <= lines ? wrapped : [.. wrapped[..(lines - 1)], Cut(wrapped[lines - 1], width, size)];
    }

    private static string Cut(string line, double width, double size)
    {
        while (line.Length > 1 && Width(line + "…", size) > width) line = line[..^1];
        return line.TrimEnd() + "…";
    }

    private static IEnumerable<string> Break(string word, double width, double size)
    {
        while (Width(word, size) > width && word.Length > 2)
        {
            var fits = 1;
            while (fits < word.Length - 1 && Width(word[..(fits + 1)], size) <= width) fits++;
            var hyphen = word.LastIndexOf('-', fits - 1) + 1;
            var at = hyphen > 1 ? hyphen : fits;
            yield return word[..at];
            word = word[at..];
        }

        yield return word;
    }

    private static double Ems(char letter) => letter switch
    {
        'i' or 'j' or 'l' or 'I' or '\'' or '.' or ',' or ':' or ';' or '|' or '!' or ' ' => 0.34,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' => 0.42,
        'm' or 'M' or 'W' or '%' or '@' or '…' => 1.0,
        'w' => 0.82,
        >= 'A' and <= 'Z' => 0.76,
        > '\u2e80' => 1.05,
        _ => 0.64,
    };
}
