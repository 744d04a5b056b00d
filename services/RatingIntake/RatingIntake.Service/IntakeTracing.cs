using System.Diagnostics;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RatingIntake.Service;

internal static class IntakeTracing
{
    public static readonly ActivitySource Source = new(Telemetry.Prefix + "rating-intake");
}

/// <summary>Names of the wake-ups that processes of this service give each other; also their database channels.</summary>
internal static class Wakes
{
    public const string Events = "intake_events";
    public const string Ledger = "intake_ledger";
}
