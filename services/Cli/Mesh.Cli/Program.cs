using AlignmentMesh.Mesh.Cli;
using AlignmentMesh.Mesh.Cli.Demo;
using AlignmentMesh.Mesh.Cli.Running;
using AlignmentMesh.Mesh.Cli.Terminal;

using var interruption = new Interruption();
var shell = Shell.OfProcess();
return await CommandLine.RunAsync(
    shell,
    [
        DemoCommand.Create(shell),
        UpCommand.Create(),
        DownCommand.Create(),
        StatusCommand.Create(),
        LogsCommand.Create(),
        ResetCommand.Create(),
        TokenCommand.Create(),
        TestCommand.Create(shell),
        BenchCommand.Create(shell),
        .. ClientCommands.All(shell),
    ],
    args,
    interruption.Token);
