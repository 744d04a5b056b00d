using AlignmentMesh.Benchmarks;
using AlignmentMesh.Benchmarks.Pages;
using AlignmentMesh.Benchmarks.Pipeline;
using BenchmarkDotNet.Running;

// Functions: dotnet run -c Release --project tests/Benchmarks -- --filter '*' --inProcess
// The whole mesh: mesh bench, and its pages: mesh bench --pages
// What the ledger adds to accepting ratings: dotnet run -c Release --project tests/Benchmarks -- ledger
if (args is not [PipelineCommand.Name or PagesCommand.Name or LedgerOverhead.Name, ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(LedgerOverhead).Assembly).Run(args);
    return 0;
}

using var stop = new CancellationTokenSource();
// A program of its own prints and is interrupted at its entry; everything below takes what it needs from here.
#pragma warning disable RS0030
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
await (args[0] switch
{
    LedgerOverhead.Name => LedgerOverhead.RunAsync(Console.Out),
    PagesCommand.Name => PagesCommand.RunAsync(args, Console.Out, Console.Error, stop.Token),
    _ => PipelineCommand.RunAsync(args, Console.Out, Console.Error, stop.Token),
});
#pragma warning restore RS0030
return 0;
