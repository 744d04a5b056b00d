using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>
/// The services as an operator asks them: with the token that is set, otherwise one of the mesh on this machine. Whoever can
/// read its key operates it, so no organisation has to be named.
/// </summary>
internal sealed class OperatorClients(Shell shell)
{
    private const string Role = "operator";
    private const string Organisation = "operators";
    private static readonly HttpClient Http = new();

    private string? _token;

    public ServiceClient Intake => Of(Peer.Intake);

    public ServiceClient Matrix => Of(Peer.Matrix);

    public ServiceClient Risk => Of(Peer.Risk);

    /// <exception cref="CommandException">No address is known, or no token is to be had.</exception>
    public ServiceClient Of(Peer peer) => new(Http, peer, ServiceOptions.AddressOf(peer, shell), _token ??= Token(), shell.Clock);

    private string Token()
    {
        if (ServiceOptions.GivenToken(shell) is { } given)
            return given;
        return Directory.Exists(shell.DataRoot)
            ? LocalMeshHere.Mint(new TokenHolder(Organisation, [Role], Environment.UserName), shell)
            : throw new CommandException(
                ExitCode.NotPermitted, "This needs a token with the role operator.", "Set MESH_TOKEN_FILE to a file with a token.");
    }
}
