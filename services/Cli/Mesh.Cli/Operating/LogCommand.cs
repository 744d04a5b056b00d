using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops log</c>: what operators did, of all services, newest first.</summary>
internal static class LogCommand
{
    private const int Most = 1000;

    public static Command Create(Shell shell)
    {
        var (service, limit, json) = (OpsOptions.Service(OpsOptions.All), OpsOptions.Limit(20, Most), ReadingOptions.Json());
        var command = new Command("log", "What operators did: when, who, which action, what came of it") { service, limit, json };
        command.SetAction(async (parsed, ct) =>
        {
            var clients = new OperatorClients(shell);
            var pages = new List<OperationLogPage>();
            foreach (var peer in OpsOptions.Chosen(parsed.GetValue(service), OpsOptions.All))
                pages.Add(await clients.Of(peer).GetAsync<OperationLogPage>($"operations/log?limit={parsed.GetValue(limit)}", ct));
            if (parsed.GetValue(json))
                shell.WriteJson(new Answer(pages));
            else
                Write(shell, pages, parsed.GetValue(limit));
        });
        return command;
    }

    private static void Write(Shell shell, List<OperationLogPage> pages, int limit)
    {
        var sheet = new Sheet("at", "service", "who", "action", "arguments", "outcome");
        var newest = pages.SelectMany(page => page.Operations.Select(operation => (page.Service, Operation: operation)))
            .OrderByDescending(one => one.Operation.At, StringComparer.Ordinal).Take(limit);
        foreach (var (service, operation) in newest)
            sheet.Add(
                operation.At, service, operation.Subject, operation.DryRun ? $"{operation.Action} (dry run)" : operation.Action,
                string.Join(' ', operation.Arguments.Select(argument => $"{argument.Key}={argument.Value}")), operation.Outcome);
        sheet.Write(shell);
    }

    private sealed record Answer(IReadOnlyList<OperationLogPage> Services);
}
