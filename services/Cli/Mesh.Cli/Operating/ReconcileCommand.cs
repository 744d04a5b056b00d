using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops reconcile</c>: holds the three services against each other, and repairs when told to.</summary>
internal static class ReconcileCommand
{
    public static Command Create(Shell shell)
    {
        var json = ReadingOptions.Json();
        var repair = new Option<bool>("--repair")
        {
            Description = "Give passed-over events their entry and fetch what is behind (default: only compare)",
        };
        var command = new Command("reconcile", "Compare events, ledger, matrix and risk of every study, and repair what lags")
        {
            repair, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var clients = new OperatorClients(shell);
            var repaired = parsed.GetValue(repair) ? await RepairAsync(shell, clients, ct) : null;
            var ledger = await PostAsync<LedgerCheck>(clients.Intake, "operations/ledger:repair", dryRun: true, ct);
            var positions = await Positions.ReadAsync(clients, ct);
            var reconciled = Reconciliation.Compare(positions, ledger, await RootsAsync(clients, positions, ct), repaired);
            if (parsed.GetValue(json))
                shell.WriteJson(reconciled);
            else
                Write(shell, reconciled);
            return reconciled.Consistent ? ExitCode.Ok : ExitCode.Differs;
        });
        return command;
    }

    /// <summary>In the order of the way: each step fetches from the one before.</summary>
    private static async Task<IReadOnlyList<string>> RepairAsync(Shell shell, OperatorClients clients, CancellationToken ct)
    {
        var done = new List<string>();
        shell.Say("Comparing events with ledger entries ...");
        var ledger = await PostAsync<LedgerCheck>(clients.Intake, "operations/ledger:repair", dryRun: false, ct);
        if (ledger.Repaired > 0)
            done.Add($"{ledger.Repaired} events got their ledger entry");
        foreach (var (client, what) in new[] { (clients.Matrix, "matrix"), (clients.Risk, "risk") })
        {
            shell.Say($"Fetching what the {what} lacks ...");
            var pulled = await PostAsync<StudiesPulled>(client, "operations/studies:pull", dryRun: false, ct);
            done.AddRange(pulled.Studies.Select(study => $"{what} of {study.Study}: {study.Before} -> {study.After} of {study.Target}"));
        }

        return done;
    }

    private static async Task<IReadOnlyDictionary<string, string>> RootsAsync(
        OperatorClients clients, Positions positions, CancellationToken ct)
    {
        var roots = new Dictionary<string, string>();
        var sizes = positions.Intake.Studies.ToDictionary(study => study.Study, study => study.Size);
        foreach (var study in positions.Matrix.Studies)
            if (sizes.TryGetValue(study.Study, out var size) && study.Folded <= size)
                roots[study.Study] = (await clients.Intake.GetAsync<TreeHead>(
                    $"ledger/{ServiceClient.Segment(study.Study)}?size={study.Folded}", ct)).Root;
        return roots;
    }

    private static Task<T> PostAsync<T>(ServiceClient client, string path, bool dryRun, CancellationToken ct) =>
        client.PostAsync<T>(path, new OperationRequest(dryRun), client.NewKey(), ct);

    private static void Write(Shell shell, Reconciled reconciled)
    {
        foreach (var repaired in reconciled.Repaired ?? [])
            shell.Out.WriteLine($"repaired: {repaired}");
        var sheet = new Sheet("study", "ledger", "published", "folded", "version", "scored", "state");
        foreach (var study in reconciled.Studies)
            sheet.Add(
                study.Study, Show.Count(study.Ledger), Show.Count(study.Published), Show.Count(study.Folded), Show.Count(study.Version),
                Show.Count(study.Scored), study.Findings.Count == 0 ? "ok" : "differs");
        sheet.Write(shell);
        foreach (var study in reconciled.Studies)
            foreach (var finding in study.Findings)
                shell.Out.WriteLine($"{study.Study}: {finding}");
        foreach (var finding in reconciled.Findings)
            shell.Out.WriteLine(finding);
        shell.Say(reconciled.Consistent ? "Everything that was accepted is in matrix and risk." : "Differences were found.");
    }
}
