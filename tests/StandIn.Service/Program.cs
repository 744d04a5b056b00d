using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Services;

// Stands in for a service of the mesh, or with a directory as argument for the program that runs a whole mesh of stand-ins.
if (args is [var directory])
{
    var options = new LocalMeshOptions
    {
        Services = [MeshService.RatingIntake],
        Dll = _ => typeof(Program).Assembly.Location,
        OnlyPrivateServers = true,
    };
    await using var mesh = await LocalMesh.StartAsync(DataDirectory.At(directory), options);
    await File.WriteAllTextAsync(Path.Combine(directory, "up"), "");
    await Task.Delay(Timeout.Infinite);
}

var app = WebApplication.CreateSlimBuilder(args).Build();
app.MapGet("/health/ready", () => "ready");
app.MapGet("/health/live", () => "live");
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.Run();
