using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>Between finding a free port and a server's listening on it somebody else may take it: then it starts on another.</summary>
internal static class Attempts
{
    public const int Limit = 3;

    public static async Task<SupervisedProcess> OnFreshPortsAsync(Action takePorts, Func<SupervisedProcess> create, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            takePorts();
            var process = create();
            try
            {
                await process.StartAsync(ct);
                return process;
            }
            catch (LocalMeshException) when (attempt < Limit && AddressTaken(process))
            {
                await process.DisposeAsync();
            }
            catch (Exception)
            {
                await process.DisposeAsync();
                throw;
            }
        }
    }

    public static bool AddressTaken(SupervisedProcess process) =>
        process.RecentLines.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
        || process.RecentLines.Contains("eaddrinuse", StringComparison.OrdinalIgnoreCase);
}
