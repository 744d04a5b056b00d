using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>Reads the three services over HTTP, and waits, with a limit, until one has caught up with the one before it.</summary>
internal sealed class MeshReader(ServiceClient intake, ServiceClient matrix, ServiceClient risk, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The whole ledger, once it holds all of the events.</summary>
    public async Task<(TreeHead Head, IReadOnlyList<LedgerEntry> Entries)> LedgerWithAsync(
        string study, IReadOnlyList<Guid> events, CancellationToken ct)
    {
        var (entries, missing) = (new List<LedgerEntry>(), events.ToHashSet());
        TreeHead? head = null;
        await UntilAsync($"the ledger of {study} to hold {events.Count} events", async () =>
        {
            while (head is null || head.Size < (await intake.GetAsync<TreeHead>($"ledger/{study}", ct)).Size)
            {
                var page = await intake.GetAsync<LedgerPage>(
                    $"ledger/{study}/entries?from={entries.Count}&limit={LedgerFold.LargestPage}", ct);
                entries.AddRange(page.Entries);
                missing.ExceptWith(page.Entries.Select(entry => Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf)).EventId));
                head = page.Head;
            }

            return missing.Count == 0;
        }, ct);
        return (head!, entries);
    }

    public Task MatrixCoversAsync(TreeHead head, CancellationToken ct) => UntilAsync(
        $"the matrix of {head.Study} to cover {head.Size} entries", async () =>
        {
            var heads = await matrix.GetAsync<MatrixHeads>("matrix/heads", ct);
            return heads.Heads.FirstOrDefault(known => known.Study == head.Study)?.Version == head.Size;
        }, ct);

    public Task RiskCoversAsync(TreeHead head, CancellationToken ct) => UntilAsync(
        $"the risk report of {head.Study} to cover matrix version {head.Size}", async () =>
        {
            try
            {
                var report = await risk.GetAsync<RiskReport>($"studies/{head.Study}/risk", ct);
                return report.Version == head.Size && report.Published == true;
            }
            catch (CommandException unknown) when (unknown.Problem == ProblemBody.UnknownStudy)
            {
                return false;
            }
        }, ct);

    public async Task<StudyAnswers> AnswersAsync(TreeHead head, IReadOnlyList<LedgerEntry> ledger, CancellationToken ct)
    {
        var path = $"studies/{head.Study}";
        var headline = await matrix.GetAsync<MatrixView>($"{path}/matrix?lens={ReadingOptions.Headline}", ct);
        var crisp = await matrix.GetAsync<MatrixView>($"{path}/matrix?lens={ReadingOptions.Crisp}&version={headline.Version}", ct);
        var all = await matrix.GetAsync<ConsensusMatrix>($"{path}/matrix/versions/{headline.Version}", ct);
        var (risks, summaries) = (new Dictionary<string, RiskReport>(), new Dictionary<string, RiskReport>());
        var choice = headline.Techniques.Count <= ScoreRisk.LargestListed ? "all" : "main";
        foreach (var lens in new[] { ReadingOptions.Crisp, ReadingOptions.Headline })
        {
            var asked = $"{path}/risk?version={headline.Version}&lens={lens}&portfolios=";
            risks[lens] = await risk.GetAsync<RiskReport>(asked + choice, ct);
            summaries[lens] = await risk.GetAsync<RiskReport>(asked + "main", ct);
        }

        return new StudyAnswers(head.Study, head, ledger, headline, crisp, all, risks, summaries);
    }

    private async Task UntilAsync(string what, Func<Task<bool>> isSo, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        while (!await isSo())
        {
            if (clock.GetElapsedTime(begun) > Limit)
                throw new CommandException(ExitCode.TryAgain, $"Waited {Limit.TotalSeconds} s in vain for {what}.");
            await Task.Delay(Pause, clock, ct);
        }
    }
}
