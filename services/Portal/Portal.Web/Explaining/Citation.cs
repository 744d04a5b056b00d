using System.Text.Json;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Explaining;

/// <summary>How a version is cited. Everything in it is of the version, so that it is the same whenever it is asked for.</summary>
public sealed record Citation(string Text, string BibTex, string CslJson)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Citation Of(Bound bound, PortalOptions options, HttpRequest request)
    {
        var (matrix, address) = (bound.Matrix!, Site(options, request) + bound.Permalink("matrix"));
        var (year, version, digest) = (matrix.AsOf[..4], Show.Count(matrix.Version), $"sha256:{matrix.Digest}");
        var title = bound.Title + (bound.Label is { } label ? $" ({label})" : "");
        return new Citation(
            $"AlignmentMesh ({year}). {title}: consensus matrix, version {version} [data set]. {address}, {digest}.",
            $$"""
            @misc{alignmentmesh-{{bound.Study}}-{{version}},
              author  = {{{"AlignmentMesh contributors"}}},
              title   = {{{Braced(title)}}: consensus matrix, version {{version}}},
              year    = {{{year}}},
              url     = {{{address}}},
              note    = {{{digest}}}
            }
            """,
            JsonSerializer.Serialize(
                new Dictionary<string, object>
                {
                    ["id"] = $"alignmentmesh-{bound.Study}-{version}",
                    ["type"] = "dataset",
                    ["title"] = $"{title}: consensus matrix, version {version}",
                    ["author"] = new[] { new { literal = "AlignmentMesh contributors" } },
                    ["issued"] = new { raw = matrix.AsOf[..10] },
                    ["version"] = version,
                    ["URL"] = address,
                    ["note"] = digest,
                },
                Indented));
    }

    /// <summary>Scheme and host under which readers know the portal.</summary>
    public static string Site(PortalOptions options, HttpRequest request) =>
        options.PublicAddress?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";

    /// <summary>Letters that mean something to BibTeX are escaped.</summary>
    private static string Braced(string text) =>
        string.Concat(text.Select(letter => "{}%&#_$".Contains(letter, StringComparison.Ordinal) ? "\\" + letter : letter.ToString()));
}
