using AlignmentMesh.Mesh.Cli.Auditing;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>The services as a reader asks them: with the token that is set, otherwise as anybody.</summary>
internal sealed class ReaderClients(Shell shell)
{
    private static readonly HttpClient Http = new();

    public ServiceClient Intake => Of(Peer.Intake);

    public ServiceClient Matrix => Of(Peer.Matrix);

    public ServiceClient Risk => Of(Peer.Risk);

    /// <summary>All that is published about one study.</summary>
    public PublishedStudy Study(string study) => new(Intake, Matrix, Risk, study);

    /// <exception cref="CommandException">No address is known.</exception>
    private ServiceClient Of(Peer peer) =>
        new(Http, peer, ServiceOptions.AddressOf(peer, shell), ServiceOptions.GivenToken(shell), shell.Clock);
}
