using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Services;

/// <summary>One running instance of a service.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    internal ServiceProcess(MeshService service, Uri address, SupervisedProcess process) =>
        (Service, Address, Process) = (service, address, process);

    public MeshService Service { get; }
    public Uri Address { get; }

    /// <summary>To stop, kill and start it again.</summary>
    public SupervisedProcess Process { get; }

    public string Name => Process.Name;

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    internal static ServiceProcess Create(
        MeshService service, string name, Uri address, string dll, IReadOnlyDictionary<string, string> environment, Supervision supervision)
    {
        var launch = new Launch(DotnetHost, [dll], Path.GetDirectoryName(dll)!)
        {
            Environment = environment,
            Withheld = ServiceEnvironment.Withheld,
        };
        var health = new Uri(address, service.ReadyPath);
        return new ServiceProcess(service, address, new SupervisedProcess(name, () => launch, ct => IsReadyAsync(health, ct), supervision));
    }

    private static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private static async Task<bool> IsReadyAsync(Uri health, CancellationToken ct)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(health, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
