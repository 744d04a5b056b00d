using System.CommandLine;
using System.Globalization;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

internal static class TestCommand
{
    /// <summary>They wait more than they compute: begun first, they leave the processors to the others.</summary>
    private static readonly string[] First = ["EndToEnd.Tests", "Deploy.Local.Tests"];

    /// <summary>A browser computes: beside tests that wait for a bounded time it would make them late.</summary>
    private const string Alone = "Portal.EndToEnd.Tests";

    private const int AtOnce = 3;

    public static Command Create(Shell shell)
    {
        var filter = new Argument<string?>("filter")
        {
            Description = "Only tests whose full name contains this.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var longToo = new Option<bool>("--long") { Description = "Also the long ones (trait Length=Long)." };
        var file = new Option<string?>("-o", "--output")
        {
            Description = "Write each test's result and time as Markdown between the marks of this file; what else the file says stays.",
            HelpName = "FILE",
        };
        var command = new Command("test", "Build everything and run every test against real servers.") { filter, longToo, file };
        command.SetAction(async (parsed, ct) =>
        {
            var choice = TestChoice.Of(parsed.GetValue(filter), parsed.GetValue(longToo));
            if (parsed.GetValue(file) is not { } path) return await RunAsync(choice, _ => { }, ct);
            // Asked before, so that a long run is not for nothing.
            var page = await InputFile.ReadAsync(shell, path, ct);
            var begun = TimeProvider.System.GetUtcNow();
            _ = MarkedPage.Into(page, TestReport.Mark, "");
            return await RunAsync(
                choice, outcome => File.WriteAllText(path, MarkedPage.Into(page, TestReport.Mark, TestReport.Write(outcome, begun))), ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(TestChoice choice, Action<TestOutcome> report, CancellationToken ct)
    {
        var outcome = TestOutcome.Nothing;
        try
        {
            outcome = await BuildAndTestAsync(choice, ct);
        }
        catch (LocalMeshException e)
        {
            Streams.Say("mesh: " + e.Message, "red");
            outcome = TestOutcome.Nothing with { Failures = [new TestFailure("mesh test", "did not come to its end")] };
        }

        report(outcome);
        foreach (var failure in outcome.Failures)
            Streams.Say($"FAILED {failure.Test}\n{failure.Message}\n", "red");
        if (outcome is { Total: 0, Failures.Count: 0 })
            Streams.Say("mesh: no test was run" + (choice.Name is null ? "." : $": none has '{choice.Name}' in its name."), "red");
        await Streams.Error.FlushAsync(ct);
        await Streams.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{outcome.Passed} passed, {outcome.Failed} failed, {outcome.Skipped} skipped"));
        return outcome is { Failures.Count: 0, Failed: 0, Total: > 0 } ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<TestOutcome> BuildAndTestAsync(TestChoice choice, CancellationToken ct)
    {
        var solution = Path.Combine(BuildOutput.Repository, "AlignmentMesh.sln");
        Streams.Say("Building the solution");
        await Dotnet.RunAsync(["build", solution, "-c", BuildOutput.Configuration, "--nologo", "-v", "quiet", "-nodeReuse:false"],
            new Dictionary<string, string>(), ct);
        var directory = DataDirectory.CreateTemporary();
        Streams.Say("Starting the servers that all tests share");
        await using var servers = await LocalServers.StartAsync(directory, new StepLines(TimeProvider.System), ct: ct);
        var environment = new Dictionary<string, string>
        {
            ["MESH_POSTGRES"] = servers.PostgresAdmin,
            ["MESH_RABBITMQ"] = servers.RabbitMqUri.AbsoluteUri,
            ["MESH_RABBITMQ_MANAGEMENT"] = servers.RabbitMqManagement?.AbsoluteUri ?? "",
        };
        var projects = TestProjects.Of(solution, BuildOutput.Configuration).OrderByDescending(project => First.Contains(project.Name))
            .ThenBy(project => Array.IndexOf(First, project.Name)).ToLookup(project => project.Name == Alone);
        var runs = new TestRuns(environment, choice, TimeProvider.System);
        return await runs.RunAsync(projects[false], AtOnce, ct) + await runs.RunAsync(projects[true], 1, ct);
    }
}
