namespace AlignmentMesh.Portal.Web;

/// <summary>What an operator may tell the portal.</summary>
public sealed record PortalOptions
{
    /// <summary>Address of a trace in the trace backend, with <c>{traceId}</c> where the id belongs; no links without it.</summary>
    public string? TraceAddress { get; init; }

    /// <summary>The address under which readers know the portal, for permalinks; without it the one they asked.</summary>
    public Uri? PublicAddress { get; init; }
}
