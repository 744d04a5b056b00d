using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>A service that commands ask.</summary>
/// <param name="Variable">The environment variable that says where it is.</param>
/// <param name="Service">Its part of a mesh on this machine.</param>
/// <param name="Heads">Its path that lists every study, if it has one.</param>
internal sealed record Peer(string Variable, MeshService Service, string? Heads = null)
{
    public static Peer Intake { get; } = new("MESH_INTAKE_URL", MeshService.RatingIntake, "ledger");
    public static Peer Matrix { get; } = new("MESH_MATRIX_URL", MeshService.MatrixAggregation, "matrix/heads");
    public static Peer Risk { get; } = new("MESH_RISK_URL", MeshService.RiskScoring);

    public string Name => Service.Name;
}
