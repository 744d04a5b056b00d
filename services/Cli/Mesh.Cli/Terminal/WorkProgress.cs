using Spectre.Console;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>How far a long work is, on standard error: a bar on a terminal, otherwise a line every tenth part.</summary>
/// <param name="doing">What is being done, for the bar.</param>
/// <param name="done">What was done to how many, for the lines, e.g. <c>rows sent</c>.</param>
internal sealed class WorkProgress(Shell shell, string doing, string done)
{
    /// <param name="work">Calls its argument with every number that is done.</param>
    public async Task RunAsync(long total, Func<Action<long>, Task> work)
    {
        if (shell.Quiet)
            await work(_ => { });
        else if (!shell.ErrorIsTerminal)
            await work(Lines(total));
        else
            await shell.Messages.Progress().StartAsync(async context =>
            {
                var task = context.AddTask(doing, maxValue: Math.Max(1, total));
                await work(more => task.Increment(more));
            });
    }

    private Action<long> Lines(long total)
    {
        var (finished, said) = (0L, 0L);
        return more =>
        {
            finished += more;
            if (finished < total && (finished - said) * 10 < total)
                return;
            said = finished;
            shell.Say($"{finished} of {total} {done}");
        };
    }
}
