using System.CommandLine;
using System.CommandLine.Help;
using AlignmentMesh.Deploy.Local;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>Parses the arguments, runs the command, and turns whatever goes wrong into words and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(Shell shell, IEnumerable<Command> commands, IReadOnlyList<string> args, CancellationToken ct)
    {
        var noColour = new Option<bool>("--no-color") { Description = "Write without colours (also: NO_COLOR)", Recursive = true };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Write data and errors only", Recursive = true };
        // Not a RootCommand: that one is called after the program's file.
        var root = new Command("mesh", "AlignmentMesh: expert ratings of AI alignment techniques, their consensus, and what it means "
            + "together")
        {
            new HelpOption { Recursive = true }, new VersionOption(), noColour, quiet,
        };
        foreach (var command in commands)
            root.Add(command);
        var parsed = root.Parse(args.Count == 0 ? ["--help"] : args);
        shell.Colour &= !parsed.GetValue(noColour);
        shell.Quiet |= parsed.GetValue(quiet);
        if (parsed.Errors.Count > 0)
            return ReportUsage(shell, parsed);
        return await InvokeAsync(shell, parsed, ct);
    }

    private static async Task<int> InvokeAsync(Shell shell, ParseResult parsed, CancellationToken ct)
    {
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = shell.Out,
                    Error = shell.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            shell.Error.WriteLine("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (CommandException failure)
        {
            return Report(shell, failure);
        }
        catch (LocalMeshException failure)
        {
            return Report(shell, new CommandException(ExitCode.Unreachable, failure.Message, inner: failure));
        }
        // The last line of defence: the user gets words and a code, whatever it was.
#pragma warning disable CA1031
        catch (Exception defect)
#pragma warning restore CA1031
        {
            shell.Error.WriteLine(defect.ToString());
            return Report(shell, new CommandException(
                ExitCode.Internal, $"mesh failed: {defect.Message}", "This is a defect of mesh; please report it with the lines above."));
        }
    }

    private static int Report(Shell shell, CommandException failure)
    {
        shell.Error.WriteLine($"mesh: {failure.Message}");
        foreach (var detail in failure.Details)
            shell.Error.WriteLine($"  {detail}");
        if (failure.Next is { } next)
            shell.Error.WriteLine($"  Next: {next}");
        if (failure.TraceId is { } trace)
            shell.Error.WriteLine($"  Trace id: {trace}");
        return failure.ExitCode;
    }

    private static int ReportUsage(Shell shell, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        // A mistyped subcommand is also a missing one: the last complaint is about what was typed.
        shell.Error.WriteLine($"mesh: {parsed.Errors[^1].Message}");
        foreach (var typed in parsed.UnmatchedTokens)
            if (CloseMatch.Question(typed, Names(command)) is { } question)
                shell.Error.WriteLine($"  {question}");
        if (command.Subcommands.Count > 0)
            shell.Error.WriteLine($"  Commands here: {string.Join(", ", command.Subcommands.Select(known => known.Name))}");
        shell.Error.WriteLine($"  Next: {FullName(command)} --help");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> Names(Command command) =>
        command.Subcommands.Select(known => known.Name).Concat(command.Options.SelectMany(option => option.Aliases.Append(option.Name)));

    private static string FullName(Command command)
    {
        var names = new List<string>();
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
            names.Insert(0, at.Name);
        return string.Join(" ", names);
    }
}
