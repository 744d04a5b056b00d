using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Terminal;

using var interruption = new Interruption();
var shell = Shell.OfProcess();
return await CommandLine.RunAsync(
    shell,
    [
        AggregateCommand.Create(shell),
    ],
    args,
    interruption.Token);
