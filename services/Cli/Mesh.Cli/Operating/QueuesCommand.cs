using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops queues</c>.</summary>
internal static class QueuesCommand
{
    private static readonly HashSet<string> Good = ["ok", "none-yet", "behind"];

    public static Command Create(Shell shell)
    {
        var (service, json) = (OpsOptions.Service(OpsOptions.Consuming), ReadingOptions.Json());
        var command = new Command("queues", "The broker's queues: messages, consumers, leader, and what to do where something is wrong")
        {
            service, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var clients = new OperatorClients(shell);
            var lists = new List<QueueList>();
            foreach (var peer in OpsOptions.Chosen(parsed.GetValue(service), OpsOptions.Consuming))
                lists.Add(await clients.Of(peer).GetAsync<QueueList>("operations/queues", ct));
            if (parsed.GetValue(json))
                shell.WriteJson(new Answer(lists));
            else
                Write(shell, lists);
            return lists.SelectMany(list => list.Queues).All(queue => Good.Contains(queue.State)) ? ExitCode.Ok : ExitCode.Differs;
        });
        return command;
    }

    private static void Write(Shell shell, List<QueueList> lists)
    {
        var sheet = new Sheet("queue", "kind", "state", "ready", "consumers", "leader");
        foreach (var queue in lists.SelectMany(list => list.Queues))
            sheet.Add(
                queue.Queue, queue.Kind, queue.State, Number(queue.Ready), Number(queue.Consumers),
                queue.Leader is { Length: > 0 } leader ? leader : Show.Nothing);
        sheet.Write(shell);
        foreach (var queue in lists.SelectMany(list => list.Queues).Where(queue => queue.WhatToDo is not null))
            shell.Say($"{queue.Queue}: {queue.WhatToDo}");
    }

    private static string Number(long? value) => value is { } number ? Show.Count(number) : Show.Nothing;

    private sealed record Answer(IReadOnlyList<QueueList> Services);
}
