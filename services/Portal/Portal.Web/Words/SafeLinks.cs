namespace AlignmentMesh.Portal.Web.Words;

/// <summary>Addresses that raters gave.</summary>
public static class SafeLinks
{
    /// <summary>The address if it leads to a web page; null, so no link, if a browser would do something else with it.</summary>
    public static string? Of(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address.AbsoluteUri : null;
}
