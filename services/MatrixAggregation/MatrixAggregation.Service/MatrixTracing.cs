using System.Diagnostics;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.MatrixAggregation.Service;

internal static class MatrixTracing
{
    public const string Service = "matrix-aggregation";

    public static readonly ActivitySource Source = new(Telemetry.Prefix + Service);
}
