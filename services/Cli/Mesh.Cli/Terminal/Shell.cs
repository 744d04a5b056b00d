using AlignmentMesh.Deploy.Local;
using Spectre.Console;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>Everything around a command that is not its arguments: standard streams, environment, clock, data directory.</summary>
internal sealed class Shell(TextReader input, TextWriter output, TextWriter error)
{
    public TextReader In { get; } = input;

    /// <summary>Standard output: data only.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>Standard error: progress, messages and errors.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>False when standard output is a pipe or a file: then it is written for programs, without lines and wrapping.</summary>
    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>False with NO_COLOR, --no-color or a dumb terminal.</summary>
    public bool Colour { get; set; }

    /// <summary>With --quiet nothing but data and errors is written.</summary>
    public bool Quiet { get; set; }

    public Func<string, string?> Variable { get; init; } = _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the mesh of this machine keeps its data; it need not exist.</summary>
    public string DataRoot { get; init; } = DataDirectory.DefaultRoot;

    /// <summary>Standard output as a terminal.</summary>
    public IAnsiConsole Screen => ConsoleOn(Out, OutIsTerminal);

    /// <summary>Standard error as a terminal.</summary>
    public IAnsiConsole Messages => ConsoleOn(Error, ErrorIsTerminal);

    public static Shell OfProcess()
    {
        // The command line is the one program that prints; everything below takes its streams from here.
#pragma warning disable RS0030
        return new Shell(Console.In, Console.Out, Console.Error)
        {
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb",
            Variable = Environment.GetEnvironmentVariable,
        };
#pragma warning restore RS0030
    }

    /// <summary>A line of progress on standard error.</summary>
    public void Say(string line)
    {
        if (!Quiet)
            Error.WriteLine(line);
    }

    private IAnsiConsole ConsoleOn(TextWriter writer, bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isTerminal && Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
    });
}
