using AlignmentMesh.Mesh.Cli.Terminal;
using Spectre.Console;

namespace AlignmentMesh.Mesh.Cli.Contributing;

/// <summary>How far an import is, on standard error: a bar on a terminal, otherwise a line every tenth part.</summary>
internal sealed class ImportProgress(Shell shell)
{
    /// <param name="work">Calls its argument with every number of rows that are done.</param>
    public async Task RunAsync(int rows, Func<Action<int>, Task> work)
    {
        if (shell.Quiet)
            await work(_ => { });
        else if (!shell.ErrorIsTerminal)
            await work(Lines(rows));
        else
            await shell.Messages.Progress().StartAsync(async context =>
            {
                var task = context.AddTask("Importing", maxValue: Math.Max(1, rows));
                await work(done => task.Increment(done));
            });
    }

    private Action<int> Lines(int rows)
    {
        var (done, said) = (0, 0);
        return more =>
        {
            done += more;
            if (done < rows && (done - said) * 10 < rows)
                return;
            said = done;
            shell.Say($"{done} of {rows} rows sent");
        };
    }
}
