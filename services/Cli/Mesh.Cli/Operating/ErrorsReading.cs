using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops errors list</c> and <c>show</c>.</summary>
internal static class ErrorsReading
{
    private const string UnknownMessage = "/problems/unknown-message";
    private const string StackTrace = "MT-Fault-StackTrace";
    private const int Most = 256;

    // 2026-11-24T19:55:41
    private const int SecondsEnd = 19;

    public static Command List(Shell shell)
    {
        var (service, kind) = (OpsOptions.Service(OpsOptions.Consuming), ErrorsChanging.Kind());
        var (limit, json) = (OpsOptions.Limit(50, Most), ReadingOptions.Json());
        var command = new Command("list", "The oldest messages that a consumer failed on; they stay where they are")
        {
            service, kind, limit, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var clients = new OperatorClients(shell);
            var lists = new List<DeadLetterList>();
            foreach (var peer in OpsOptions.Chosen(parsed.GetValue(service), OpsOptions.Consuming))
                lists.Add(await clients.Of(peer).GetAsync<DeadLetterList>(
                    $"operations/errors?kind={parsed.GetValue(kind)}&limit={parsed.GetValue(limit)}", ct));
            if (parsed.GetValue(json))
                shell.WriteJson(new Answer(lists));
            else
                Write(shell, lists);
        });
        return command;
    }

    public static Command Show(Shell shell)
    {
        var (service, json) = (OpsOptions.Service(OpsOptions.Consuming), ReadingOptions.Json());
        var id = new Argument<string>("ID") { Description = "Message id, as 'mesh ops errors list' shows it" };
        var command = new Command("show", "One such message: what failed, when, with which headers; never its content")
        {
            id, service, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var peers = OpsOptions.Chosen(parsed.GetValue(service), OpsOptions.Consuming).ToArray();
            var error = await FindAsync(new OperatorClients(shell), peers, parsed.GetRequiredValue(id), ct);
            if (parsed.GetValue(json))
                shell.WriteJson(error);
            else
                Write(shell, error);
        });
        return command;
    }

    private static async Task<DeadLetter> FindAsync(OperatorClients clients, Peer[] peers, string id, CancellationToken ct)
    {
        for (var at = 0; ; at++)
            try
            {
                return await clients.Of(peers[at]).GetAsync<DeadLetter>($"operations/errors/{ServiceClient.Segment(id)}", ct);
            }
            catch (CommandException elsewhere) when (elsewhere.Problem == UnknownMessage && at + 1 < peers.Length)
            {
                // The next service may have it.
            }
    }

    private static void Write(Shell shell, List<DeadLetterList> lists)
    {
        foreach (var list in lists)
        {
            if (list.Errors.Count > 0)
                Table(list).Write(shell);
            shell.Say(list.Waiting == 0
                ? $"{list.Queue}: no message waits"
                : $"{list.Queue}: {list.Errors.Count} of {list.Waiting} shown. Next: mesh ops errors show ID, replay or discard");
        }
    }

    /// <summary>Narrow enough for a terminal; 'show' and --json tell the rest.</summary>
    private static Sheet Table(DeadLetterList list)
    {
        var sheet = new Sheet("id", "exception", "failed at", "study", "entries", "replays") { Title = list.Queue };
        foreach (var error in list.Errors)
            sheet.Add(
                error.Id, Short(error.ExceptionType), Seconds(error.FailedAt), error.Study ?? Terminal.Show.Nothing, Entries(error),
                Terminal.Show.Count(error.Replays));
        return sheet;
    }

    private static void Write(Shell shell, DeadLetter error)
    {
        var sheet = new Sheet("of the message", "value");
        sheet.Add("id", error.Id);
        sheet.Add("queue", error.Queue);
        sheet.Add("message", error.MessageType ?? Terminal.Show.Nothing);
        sheet.Add("study", error.Study ?? Terminal.Show.Nothing);
        sheet.Add("entries", Entries(error));
        sheet.Add("bytes", Terminal.Show.Count(error.Bytes));
        sheet.Add("deliveries", Terminal.Show.Count(error.Deliveries));
        sheet.Add("replays", Terminal.Show.Count(error.Replays));
        var headers = error.Headers ?? new Dictionary<string, string>();
        foreach (var (name, value) in headers.Where(header => header.Key != StackTrace).OrderBy(header => header.Key))
            sheet.Add(name, value);
        sheet.Write(shell);
        if (headers.TryGetValue(StackTrace, out var trace))
            shell.Out.WriteLine(trace);
    }

    private static string Entries(DeadLetter error) => (error.From, error.Size) switch
    {
        ({ } from, { } size) => $"{from}..{size}",
        (null, { } version) => $"version {version}",
        _ => Terminal.Show.Nothing,
    };

    private static string Seconds(string? at) => at is { Length: > SecondsEnd } ? at[..SecondsEnd] : at ?? Terminal.Show.Nothing;

    private static string Short(string? exception) => exception?.Split('.')[^1] ?? Terminal.Show.Nothing;

    private sealed record Answer(IReadOnlyList<DeadLetterList> Services);
}
