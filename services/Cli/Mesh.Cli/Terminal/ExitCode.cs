namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>What the command line ends with (sysexits.h where it has a number).</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>A comparison found a difference.</summary>
    public const int Differs = 3;
    public const int Usage = 64;
    public const int DataRejected = 65;
    public const int Unreachable = 69;
    public const int Internal = 70;
    public const int TryAgain = 75;
    public const int NotPermitted = 77;
    public const int Configuration = 78;
    public const int Interrupted = 130;
}
