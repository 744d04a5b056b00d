namespace AlignmentMesh.Deploy.Local.Services;

/// <summary>One of the mesh's services: its name on the wire, its folder and project below services/, and its database.</summary>
public sealed record MeshService(string Name, string Folder, string Project, string? Database)
{
    public static MeshService RatingIntake { get; } = new("rating-intake", "RatingIntake", "RatingIntake.Service", "rating_intake");
    public static MeshService MatrixAggregation { get; } =
        new("matrix-aggregation", "MatrixAggregation", "MatrixAggregation.Service", "matrix_aggregation");
    public static MeshService RiskScoring { get; } = new("risk-scoring", "RiskScoring", "RiskScoring.Service", "risk_scoring");

    /// <summary>It is ready when it answers: one that refuses a ledger must not keep the mesh from starting that it warns about.</summary>
    public static MeshService CheckpointSigning { get; } =
        new("checkpoint-signing", "CheckpointSigning", "CheckpointSigning.Service", null) { ReadyPath = "/health/live" };

    public static MeshService Portal { get; } = new("portal", "Portal", "Portal.Web", null);

    /// <summary>What a rating goes through, in the order they are started; they stop the other way round.</summary>
    public static IReadOnlyList<MeshService> Pipeline { get; } = [RatingIntake, MatrixAggregation, RiskScoring];

    /// <summary>The pipeline, and who signs its ledger.</summary>
    public static IReadOnlyList<MeshService> WithSigner { get; } = [.. Pipeline, CheckpointSigning];

    /// <summary>The pipeline, who signs its ledger, and what people read it with.</summary>
    public static IReadOnlyList<MeshService> All { get; } = [.. WithSigner, Portal];

    /// <summary>Where it says that it can be used.</summary>
    public string ReadyPath { get; init; } = "/health/ready";

    /// <summary>The configuration name under which the others find its address.</summary>
    public string AddressVariable => "Services__" + Folder;
}
