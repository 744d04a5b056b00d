using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Samples;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>Starts a mesh, loads studies over HTTP, reads what the services answer, recomputes it, and stops everything.</summary>
internal sealed class DemoRun(Shell shell, IReadOnlyList<SampleStudy> studies)
{
    private readonly Stages _stages = new(shell);

    /// <summary>How every stage went, complete when <see cref="RunAsync"/> is over.</summary>
    public IReadOnlyList<DemoStage> Stages => _stages.Done;

    /// <summary>What went wrong, or null.</summary>
    public CommandException? Failure { get; private set; }

    /// <summary>The answers about every study, none when a stage failed.</summary>
    public async Task<IReadOnlyList<StudyAnswers>> RunAsync(CancellationToken ct)
    {
        var mesh = new DemoMesh(shell, _stages);
        IReadOnlyList<StudyAnswers> answers;
        try
        {
            answers = await TryAsync(mesh, async () =>
            {
                await mesh.StartAsync(ct);
                return await ExchangeAsync(mesh, ct);
            });
        }
        finally
        {
            await TryAsync(mesh, () => _stages.RunAsync<IReadOnlyList<StudyAnswers>>("stopped cleanly", async () =>
            {
                await mesh.StopAsync();
                return [];
            }));
        }

        ct.ThrowIfCancellationRequested();
        return answers;
    }

    private async Task<IReadOnlyList<StudyAnswers>> ExchangeAsync(DemoMesh mesh, CancellationToken ct)
    {
        using var http = new HttpClient();
        var intake = mesh.Client(http, Peer.Intake);
        var reader = new MeshReader(intake, mesh.Client(http, Peer.Matrix), mesh.Client(http, Peer.Risk), shell.Clock);
        var ledgers = await _stages.RunAsync("studies loaded over HTTP", () => LoadAsync(new StudyLoader(intake, mesh.Mint), reader, ct));
        await _stages.RunAsync("ledger dense, root and signature verified", async () =>
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(mesh.Keys.PagePublicFile, ct));
            foreach (var (head, entries) in ledgers)
                LedgerAudit.Require(head, entries, key);
        });
        await _stages.RunAsync("matrix covers the ledger", () => EachAsync(ledgers, ledger => reader.MatrixCoversAsync(ledger.Head, ct)));
        await _stages.RunAsync("risk covers the matrix", () => EachAsync(ledgers, ledger => reader.RiskCoversAsync(ledger.Head, ct)));
        var answers = await _stages.RunAsync("answers read from the services", async () =>
        {
            var all = new List<StudyAnswers>();
            foreach (var (head, entries) in ledgers)
                all.Add(await reader.AnswersAsync(head, entries, ct));
            return all;
        });
        await VerifyAsync(answers);
        return answers;
    }

    private async Task<List<(TreeHead Head, IReadOnlyList<LedgerEntry> Entries)>> LoadAsync(
        StudyLoader loader, MeshReader reader, CancellationToken ct)
    {
        var ledgers = new List<(TreeHead, IReadOnlyList<LedgerEntry>)>();
        foreach (var study in studies)
        {
            var events = await loader.LoadAsync(study, ct);
            ledgers.Add(await reader.LedgerWithAsync(study.Id, events, ct));
            _stages.Say($"       {study.Id}: {events.Count} requests are {events.Count} ledger entries");
        }

        return ledgers;
    }

    private async Task VerifyAsync(List<StudyAnswers> answers)
    {
        await _stages.RunAsync("matrix digest recomputed", () => EachAsync(answers, study =>
        {
            var digest = Consensus.DigestOf(study.Matrix);
            return digest == study.Matrix.Digest && digest == study.Headline.Digest && digest == study.Crisp.Digest
                ? Task.CompletedTask
                : throw new CommandException(
                    ExitCode.Failed, $"The digest of {study.Study} is {study.Matrix.Digest}; its content has {digest}.");
        }));
        await _stages.RunAsync("matrix recomputed from the ledger", () => EachAsync(answers, study =>
            CompareAsync($"The matrix of {study.Study}", LedgerAudit.MatrixOf(study.Head, study.Ledger), study.Matrix)));
        await _stages.RunAsync("risk recomputed from the matrix", () => EachAsync(answers, study => EachAsync(
            study.Risks, risk => CompareAsync($"The risk of {study.Study} under {risk.Key}", Recomputed(study, risk.Value), risk.Value))));
    }

    private static RiskReport Recomputed(StudyAnswers study, RiskReport answered)
    {
        var all = study.Matrix.Techniques.Count <= ScoreRisk.LargestListed;
        var report = new ScoreRisk(study.Matrix, answered.Lens).Report(all ? PortfolioChoice.All : PortfolioChoice.Main);
        return report with { Published = answered.Published };
    }

    private Task CompareAsync<T>(string what, T computed, T answered)
    {
        var exact = Agreement.Require(what, computed, answered);
        _stages.Say($"       {what} is the same{(exact ? " to the last bit" : " within 1e-12")}");
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<StudyAnswers>> TryAsync(DemoMesh mesh, Func<Task<IReadOnlyList<StudyAnswers>>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return [];
        }
        catch (Exception e) when (e is CommandException or LocalMeshException or FormatException or InvalidDataException)
        {
            foreach (var line in mesh.RecentLines)
                shell.Say(line);
            Failure ??= e as CommandException
                ?? new CommandException(e is LocalMeshException ? ExitCode.Unreachable : ExitCode.Failed, e.Message, inner: e);
            return [];
        }
    }

    private static async Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> work)
    {
        foreach (var item in items)
            await work(item);
    }
}
