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

    // 2026-11-24T19:55:41
    private const int SecondsEnd = 19;

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
            if (shell.OutIsTerminal)
                WriteLines(shell, service, operation);
            else
                sheet.Add(
                    operation.At, service, operation.Subject, ActionOf(operation), ArgumentsOf(operation), operation.Outcome);
        if (!shell.OutIsTerminal)
            sheet.Write(shell);
    }

    // A table of these would be wider than any terminal.
    private static void WriteLines(Shell shell, string service, OperationRecord operation)
    {
        shell.Out.WriteLine($"{operation.At[..SecondsEnd]}Z {service}, {operation.Subject}: {ActionOf(operation)}");
        if (operation.Arguments.Count > 0)
            shell.Out.WriteLine($"    {ArgumentsOf(operation)}");
        shell.Out.WriteLine($"    {operation.Outcome}");
    }

    private static string ActionOf(OperationRecord operation) =>
        operation.DryRun ? $"{operation.Action} (dry run)" : operation.Action;

    private static string ArgumentsOf(OperationRecord operation) =>
        string.Join(' ', operation.Arguments.Select(argument => $"{argument.Key}={argument.Value}"));

    private sealed record Answer(IReadOnlyList<OperationLogPage> Services);
}
