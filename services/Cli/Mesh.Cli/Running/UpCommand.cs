using System.CommandLine;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Mesh.Cli.Samples;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

internal static class UpCommand
{
    public static Command Create()
    {
        var command = new Command("up", "Run a mesh on this machine until Ctrl-C: private servers and every service.");
        command.SetAction((_, ct) => RunAsync(ct));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken ct)
    {
        var directory = DataDirectory.Default();
        Streams.Say($"Starting a mesh in {directory.Root}");
        var options = new LocalMeshOptions
        {
            Services = MeshService.All,
            Progress = new StepLines(TimeProvider.System),
        };
        await using var mesh = await LocalMesh.StartAsync(directory, options, ct);
        await LoadSamplesAsync(mesh, ct);
        Streams.Say("Running. Ctrl-C or `mesh down` stops it.");
        foreach (var service in mesh.Services)
            await Streams.Out.WriteLineAsync($"{service.Name,-20} {service.Address.GetLeftPart(UriPartial.Authority)}");
        await Streams.Out.FlushAsync(ct);
        await UntilStoppedAsync(ct);
        Streams.Say("Stopping.");
        return ExitCode.Ok;
    }

    private static async Task LoadSamplesAsync(LocalMesh mesh, CancellationToken ct)
    {
        var clock = TimeProvider.System;
        var loaded = await SampleStudies.LoadMissingAsync(
            mesh.Address(MeshService.RatingIntake), holder => LocalTokens.Mint(mesh.Keys, holder, TimeSpan.FromHours(1), clock), clock, ct);
        foreach (var study in loaded)
            Streams.Say($"Loaded the sample study {study}.");
    }

    private static Task UntilStoppedAsync(CancellationToken ct)
    {
        var stopped = new TaskCompletionSource();
        ct.Register(() => stopped.TrySetResult());
        return stopped.Task;
    }
}
