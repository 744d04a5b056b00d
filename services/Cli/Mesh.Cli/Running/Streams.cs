using Spectre.Console;

namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>The only door to the console: data goes to standard output, everything said about it to standard error.</summary>
internal static class Streams
{
    // RS0030: the command line is the one program that prints, and this is the one place where it does.
#pragma warning disable RS0030
    public static TextWriter Out => Console.Out;

    public static TextWriter Error => Console.Error;

    public static TextReader In => Console.In;

    /// <summary>Somebody sits there and can be asked.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Tables and colours for people: only where standard output is a terminal.</summary>
    public static bool IsOutATerminal => !Console.IsOutputRedirected;
#pragma warning restore RS0030

    /// <summary>Messages in colour where standard error is a terminal and NO_COLOR is not set.</summary>
    public static IAnsiConsole Messages { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });

    /// <summary>One line of a message, never wrapped.</summary>
    public static void Say(string text, string style = "")
    {
        if (style.Length == 0 || !Messages.Profile.Capabilities.Ansi)
            Error.WriteLine(text);
        else
            Messages.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
    }
}
