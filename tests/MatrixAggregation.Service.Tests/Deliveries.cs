using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>What becomes of one page's message.</summary>
/// <param name="Entries">How many entries the publisher put into it.</param>
/// <param name="Again">The publisher died before it noted that the page before was sent: this one begins where that one did.</param>
/// <param name="Delays">For each delivery, how many bursts later it comes; none: the message is lost.</param>
/// <param name="Kill">The process is killed once so many of its burst's deliveries are done; negative for not at all.</param>
internal sealed record Fate(int Entries, bool Again, int[] Delays, int Kill)
{
    public override string ToString() =>
        $"{Entries}{(Again ? " and those before" : "")} at +[{string.Join(',', Delays)}]{(Kill < 0 ? "" : $" killed after {Kill}")}";
}

/// <param name="Seed">Of the history that the ledger tells.</param>
internal sealed record Schedule(int Seed, Fate[] Fates)
{
    public override string ToString() => $"seed {Seed}: {string.Join("; ", (object[])Fates)}";
}

/// <summary>
/// A ledger that grows page by page while its messages are delivered in bursts, as their fates say: late, repeated, overtaken, lost,
/// and again to the next process where one was killed before it acknowledged them.
/// </summary>
internal sealed class Deliveries(StudyLedger ledger, Schedule schedule)
{
    private const int PagesPerBurst = 3;

    private readonly List<(int Burst, LedgerPage Page)> _due = [];
    private FoldingProcess? _process;
    private long _from;
    private long _cut;

    /// <summary>Plays the whole schedule; what no message brought is then found by comparing sizes.</summary>
    public async Task PlayAsync(Func<Task<FoldingProcess>> start)
    {
        using var steps = new SeededHistory(StudyLedger.Catalogue, 4, 2, 10 * schedule.Fates.Length, schedule.Seed).Steps().GetEnumerator();
        ledger.Begun();
        _process = await start();
        try
        {
            var bursts = schedule.Fates.Chunk(PagesPerBurst).ToArray();
            for (var burst = 0; burst < bursts.Length || _due.Count > 0; burst++)
            {
                var cut = burst < bursts.Length ? bursts[burst] : [];
                foreach (var fate in cut) Cut(fate, burst, steps);
                await DeliverAsync(burst, cut.FirstOrDefault(fate => fate.Kill >= 0)?.Kill, start);
            }

            await _process.FollowAsync(ledger);
            _process.RequireSound();
        }
        finally
        {
            await _process.DisposeAsync();
        }
    }

    private void Cut(Fate fate, int burst, IEnumerator<HistoryStep> steps)
    {
        for (var entry = 0; entry < fate.Entries && steps.MoveNext(); entry++)
            ledger.Append(steps.Current.Event, steps.Current.Organisation, steps.Current.Rater);
        if (ledger.Size == _cut) return;
        if (!fate.Again) _from = _cut;
        var page = ledger.Page(_from, ledger.Size);
        _cut = ledger.Size;
        _due.AddRange(fate.Delays.Select(delay => (burst + delay, page)));
    }

    private async Task DeliverAsync(int burst, int? kill, Func<Task<FoldingProcess>> start)
    {
        var now = _due.Where(delivery => delivery.Burst <= burst).Select(delivery => delivery.Page).ToArray();
        _due.RemoveAll(delivery => delivery.Burst <= burst);
        var outcomes = now.Select(_process!.Deliver).ToArray();
        if (kill is not { } done)
        {
            Assert.All(await Task.WhenAll(outcomes), outcome => Assert.NotEqual(PageOutcome.Refused, outcome));
            _process.RequireSound();
            return;
        }

        foreach (var outcome in outcomes.Take(done)) await outcome;
        await _process.DisposeAsync();
        // The broker delivers again what was not acknowledged.
        _due.AddRange(now.Zip(outcomes).Where(pair => !pair.Second.IsCompleted).Select(pair => (burst, pair.First)));
        _process = await start();
    }
}
