using System.CommandLine;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

internal static class LogsCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var part = new Argument<string>("service") { Description = "A service or server, as `mesh status` names it." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what is added, until Ctrl-C." };
        var lines = new Option<int>("--lines", "-n") { Description = "How many of the last lines.", DefaultValueFactory = _ => 50 };
        lines.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
                result.AddError("--lines must be 0 or more.");
        });
        var command = new Command("logs", "Print what a service or server has logged.") { part, follow, lines };
        command.SetAction((parsed, ct) =>
            RunAsync(parsed.GetRequiredValue(part), parsed.GetValue(lines), parsed.GetValue(follow), ct));
        return command;
    }

    private static async Task<int> RunAsync(string part, int lines, bool follow, CancellationToken ct)
    {
        var logs = DataDirectory.Default().Logs;
        var known = Directory.GetFiles(logs, "*.log").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(
            StringComparer.Ordinal).ToList();
        if (!known.Contains(part))
        {
            var hint = known.Count == 0 ? "Nothing has run here yet: start with `mesh up`." : $"There are: {string.Join(", ", known)}.";
            Streams.Say($"mesh: no log of '{part}'. {hint}", "red");
            if (CloseMatch.Question(part, known) is { } question)
                Streams.Say(question);
            return ExitCode.Usage;
        }
        var file = Path.Combine(logs, part + ".log");
        var position = await PrintLastAsync(file, lines, ct);
        while (follow)
        {
            await Task.Delay(Interval, ct);
            position = await PrintFromAsync(file, position, ct);
        }
        return ExitCode.Ok;
    }

    private static async Task<long> PrintLastAsync(string file, int count, CancellationToken ct)
    {
        var last = new Queue<string>();
        await using var stream = Open(file);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            last.Enqueue(line);
            if (last.Count > count)
                last.Dequeue();
        }
        foreach (var line in last)
            await Streams.Out.WriteLineAsync(line);
        return stream.Position;
    }

    private static async Task<long> PrintFromAsync(string file, long position, CancellationToken ct)
    {
        if (!File.Exists(file))
            return 0;
        await using var stream = Open(file);
        // Shorter than before: the log has begun a new part.
        stream.Position = stream.Length < position ? 0 : position;
        using var reader = new StreamReader(stream);
        await Streams.Out.WriteAsync(await reader.ReadToEndAsync(ct));
        return stream.Position;
    }

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
