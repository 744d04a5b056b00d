using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops errors replay</c> and <c>discard</c>.</summary>
internal static class ErrorsChanging
{
    private const int Most = 1000;

    public static Command Replay(Shell shell)
    {
        var chosen = new Chosen();
        var command = new Command("replay", "Send messages back to their consumer; a repetition does no harm");
        chosen.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(
            shell, chosen, parsed, "replay",
            new ReplayErrorsRequest(
                parsed.GetValue(chosen.Id), parsed.GetRequiredValue(chosen.KindOption), parsed.GetValue(chosen.Limit),
                parsed.GetValue(chosen.DryRun)),
            ct));
        return command;
    }

    public static Command Discard(Shell shell)
    {
        var chosen = new Chosen();
        var reason = new Option<string>("--reason")
        {
            Description = "Why they may be thrown away, for the operations log",
            HelpName = "TEXT",
            Required = true,
        };
        var yes = new Option<bool>("--yes") { Description = "With --all: throw all of them away" };
        var command = new Command("discard", "Throw messages away; what they brought is polled from the publisher") { reason, yes };
        chosen.AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            if (parsed.GetValue(chosen.All) && !parsed.GetValue(chosen.DryRun) && !parsed.GetValue(yes))
                throw CommandException.BadUsage("--all throws messages away for good.", "Look with --dry-run, then add --yes.");
            return RunAsync(
                shell, chosen, parsed, "discard",
                new DiscardErrorsRequest(
                    parsed.GetRequiredValue(reason), parsed.GetValue(chosen.Id), parsed.GetRequiredValue(chosen.KindOption),
                    parsed.GetValue(chosen.Limit), parsed.GetValue(chosen.DryRun)),
                ct);
        });
        return command;
    }

    public static Option<string> Kind()
    {
        var kind = new Option<string>("--kind")
        {
            Description = "error: the consumer failed; skipped: no consumer knows the message's type",
            DefaultValueFactory = _ => "error",
        };
        kind.AcceptOnlyFromAmong("error", "skipped");
        return kind;
    }

    private static async Task RunAsync(
        Shell shell, Chosen chosen, ParseResult parsed, string verb, object request, CancellationToken ct)
    {
        if (parsed.GetValue(chosen.Id) is null == !parsed.GetValue(chosen.All))
            throw CommandException.BadUsage("Name one message by its ID, or --all.", "mesh ops errors list");
        var peer = OpsOptions.Consuming.Single(known => known.Name == parsed.GetRequiredValue(chosen.Service));
        var service = new OperatorClients(shell).Of(peer);
        var changed = await service.PostAsync<DeadLettersChanged>($"operations/errors:{verb}", request, service.NewKey(), ct);
        if (parsed.GetValue(chosen.Json))
        {
            shell.WriteJson(changed);
            return;
        }

        foreach (var id in changed.Ids)
            shell.Out.WriteLine(id);
        var did = changed.DryRun ? $"would be {(verb == "replay" ? "replayed" : "discarded")}"
            : verb == "replay" ? "replayed" : "discarded";
        shell.Say($"{changed.Queue}: {changed.Ids.Count} {did}, {changed.Left} left");
    }

    /// <summary>Which messages are meant.</summary>
    private sealed class Chosen
    {
        public Argument<string?> Id { get; } = new("ID")
        {
            Description = "Message id, as 'mesh ops errors list' shows it",
            Arity = ArgumentArity.ZeroOrOne,
        };

        public Option<bool> All { get; } = new("--all") { Description = "Every message, up to --limit" };

        public Option<string> Service { get; } = RequiredService();

        public Option<string> KindOption { get; } = Kind();

        public Option<int> Limit { get; } = OpsOptions.Limit(100, Most);

        public Option<bool> DryRun { get; } = OpsOptions.DryRun();

        public Option<bool> Json { get; } = ReadingOptions.Json();

        public void AddTo(Command command)
        {
            command.Add(Id);
            foreach (var option in new Option[] { All, Service, KindOption, Limit, DryRun, Json })
                command.Add(option);
        }

        private static Option<string> RequiredService()
        {
            var names = OpsOptions.Consuming.Select(peer => peer.Name).ToArray();
            var option = new Option<string>("--service")
            {
                Description = $"The service whose consumer it is: {string.Join(" or ", names)}",
                HelpName = "NAME",
                Required = true,
            };
            option.AcceptOnlyFromAmong(names);
            return option;
        }
    }
}
