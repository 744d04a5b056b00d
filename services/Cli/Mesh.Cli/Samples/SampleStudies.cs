using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>The studies that a new mesh begins with.</summary>
internal static class SampleStudies
{
    public static IReadOnlyList<SampleStudy> All { get; } = [PaperStudy.Study, ExampleStudy.Study];

    /// <summary>Loads the sample studies that the mesh does not have yet; safe to repeat.</summary>
    /// <param name="intake">Base address of rating-intake.</param>
    /// <param name="mint">Makes a token with the mesh's own key.</param>
    /// <returns>Ids of the studies that were loaded.</returns>
    /// <exception cref="CommandException">Intake refused something, or cannot be reached.</exception>
    public static async Task<IReadOnlyList<string>> LoadMissingAsync(
        Uri intake, Func<TokenHolder, string> mint, TimeProvider clock, CancellationToken ct)
    {
        using var http = new HttpClient();
        var loader = new StudyLoader(new ServiceClient(http, Peer.Intake, intake, null, clock), mint);
        var loaded = new List<string>();
        foreach (var study in All)
        {
            if (await loader.HasAsync(study, ct))
                continue;
            await loader.LoadAsync(study, ct);
            loaded.Add(study.Id);
        }

        return loaded;
    }
}
