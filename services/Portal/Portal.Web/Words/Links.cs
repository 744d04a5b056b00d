namespace AlignmentMesh.Portal.Web.Words;

/// <summary>How addresses within the portal are made.</summary>
public static class Links
{
    /// <summary>The lens that is meant when an address names none.</summary>
    public const string Headline = "rohl-1";

    /// <summary>The path, which may have parameters already, with those further ones that have a value.</summary>
    public static string To(string path, params (string Name, string? Value)[] query)
    {
        var given = query.Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Value(pair.Value!)}").ToArray();
        return given.Length == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', given)}";
    }

    /// <summary>Escaped, but for what may stand in a query as it is and is easier to read so.</summary>
    private static string Value(string text) =>
        Uri.EscapeDataString(text).Replace("%2C", ",", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal);

    public static string Technique(string id) => $"techniques/{Uri.EscapeDataString(id)}";

    public static string FailureMode(string id) => $"failure-modes/{Uri.EscapeDataString(id)}";

    /// <summary>The path of a cell below its study.</summary>
    public static string Cell(string technique, string failureMode) =>
        $"cells/{Uri.EscapeDataString(technique)}/{Uri.EscapeDataString(failureMode)}";
}
