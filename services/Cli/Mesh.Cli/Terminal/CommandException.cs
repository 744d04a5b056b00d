namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>A command that cannot go on, in the words its user needs: what happened, the particulars, and what to do next.</summary>
internal sealed class CommandException(int exitCode, string title, string? next = null, Exception? inner = null) : Exception(title, inner)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>Lines under the title.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public string? Next { get; } = next;

    public string? TraceId { get; init; }

    /// <summary>The type of the problem that a service answered, e.g. <c>/problems/not-found</c>.</summary>
    public string? Problem { get; init; }

    /// <summary>A service has no such thing.</summary>
    public bool IsNotFound { get; init; }

    /// <summary>A file of the user's that does not say what it should.</summary>
    public static CommandException BadData(string title, string? next = null, Exception? inner = null) =>
        new(Terminal.ExitCode.DataRejected, title, next, inner);

    public static CommandException BadUsage(string title, string? next = null, Exception? inner = null) =>
        new(Terminal.ExitCode.Usage, title, next, inner);
}
