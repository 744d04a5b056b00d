using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.Portal.Web.Assets;

/// <summary>Style, script and icon. The address of each holds its hash, so that browsers keep it for good and never an old one.</summary>
internal sealed class PortalAssets
{
    private readonly FrozenDictionary<string, Asset> _byName = Read().ToFrozenDictionary(asset => asset.Name);

    /// <summary>Where a page finds the file.</summary>
    public string this[string name] => $"/assets/{_byName[name].Hash}/{name}";

    public Asset? Find(string hash, string name) =>
        _byName.TryGetValue(name, out var asset) && asset.Hash == hash ? asset : null;

    private static IEnumerable<Asset> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var (name, type) in Types)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return new Asset(name, type, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12], bytes);
        }
    }

    private static readonly (string Name, string Type)[] Types =
        [("portal.css", "text/css"), ("portal.js", "text/javascript"), ("favicon.svg", "image/svg+xml")];
}

internal sealed record Asset(string Name, string Type, string Hash, byte[] Bytes);

internal static class AssetEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";

    public static void MapAssets(this WebApplication app) =>
        app.MapGet("/assets/{hash}/{name}", (string hash, string name, PortalAssets assets, HttpResponse response) =>
        {
            if (assets.Find(hash, name) is not { } asset) return Results.NotFound();
            response.Headers.CacheControl = Forever;
            return Results.Bytes(asset.Bytes, asset.Type + "; charset=utf-8");
        }).ExcludeFromDescription().RequireAuthorization(Access.Reader);
}
