using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>The one version that a page is about, and what could not be had of it.</summary>
/// <param name="IsPinned">The address names the version, so the page never changes; otherwise it is the newest.</param>
/// <param name="Received">Entries of the ledger now; null on a pinned page, or when rating-intake does not say.</param>
public sealed record Bound(
    string Study, string Lens, bool IsPinned, StudyView? Info, MatrixView? Matrix, long? Received, IReadOnlyList<Missing> Missing)
{
    public string Title => Info?.Title ?? Study;

    public string? Label => Matrix?.Label ?? Info?.Label;

    public long Version => Matrix!.Version;

    /// <summary>Entries that are in the ledger and not yet in the newest version.</summary>
    public long Lag => Received is { } received && Matrix is { } matrix ? Math.Max(0, received - matrix.Version) : 0;

    /// <summary>Why the checkpoint signer signs nothing of the study any more; null while it does, or where there is no signer.</summary>
    public SigningRefusal? Refusal { get; init; }

    /// <summary>A page of this study, about the version that this page was asked for, under the same lens.</summary>
    public string Href(string path, params (string Name, string? Value)[] query) => Address(IsPinned ? Matrix?.Version : null, path, query);

    /// <summary>The same, fixed to this version for good.</summary>
    public string Permalink(string path, params (string Name, string? Value)[] query) => Address(Version, path, query);

    /// <summary>The same for any version.</summary>
    public string Address(long? version, string path, params (string Name, string? Value)[] query) => Links.To(
        $"/studies/{Uri.EscapeDataString(Study)}/{path}",
        [
            ("v", version is { } k ? Show.Count(k) : null),
            ("lens", Lens == Links.Headline || (HasPublishedOnly(path, query) && !Lenses.IsPublished(Lens)) ? null : Lens), .. query,
        ]);

    /// <summary>True for a page on which there are the published lenses only: a link to it leads to the headline from any other.</summary>
    private static bool HasPublishedOnly(string path, (string Name, string? Value)[] query) =>
        path.Split('?', '/')[0] is "risk" or "lab" or "compare" or "replay" || query.Contains(("view", "change"));
}
