using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>The mesh that runs on this machine, if one does: its addresses, and tokens signed with its own key.</summary>
internal static class LocalMeshHere
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Where the service listens, or null when no mesh runs here.</summary>
    public static Uri? AddressOf(Peer peer, Shell shell) =>
        Directory.Exists(shell.DataRoot)
            ? MeshStatus.Read(DataDirectory.At(shell.DataRoot))?.Parts.FirstOrDefault(part => part.Name == peer.Name)?.Address
            : null;

    /// <exception cref="CommandException">No mesh was ever started here, so it has no key.</exception>
    public static string Mint(TokenHolder holder, Shell shell) =>
        Directory.Exists(shell.DataRoot)
            ? LocalTokens.Mint(LocalKeys.In(DataDirectory.At(shell.DataRoot)), holder, Lifetime, shell.Clock)
            : throw new CommandException(
                ExitCode.Configuration, $"--org makes a token of the mesh on this machine, but there is none in {shell.DataRoot}.",
                "Start one with 'mesh up', or set MESH_TOKEN_FILE to a file with a token of the mesh that you address.");
}
