using System.Diagnostics;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RiskScoring.Service;

internal static class RiskTracing
{
    public static readonly ActivitySource Source = new(Telemetry.Prefix + Wiring.Service);
}
