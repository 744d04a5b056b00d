using AlignmentMesh.Mesh.Cli;
using AlignmentMesh.Mesh.Cli.Terminal;

using var interruption = new Interruption();
var shell = Shell.OfProcess();
return await CommandLine.RunAsync(
    shell,
    [
        .. ClientCommands.All(shell),
    ],
    args,
    interruption.Token);
