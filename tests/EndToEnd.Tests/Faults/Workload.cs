using System.Collections.Concurrent;
using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>
/// Raters who do not give up: each sends one request after the other as <see cref="PatientSender"/> does, and keeps what was
/// acknowledged.
/// </summary>
public sealed class Workload
{
    private const int RatersEach = 2;
    // Longer than the limits of a service; where there is another one to ask, a frozen one is soon left.
    private static readonly TimeSpan OnlyNode = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OneOfSeveral = TimeSpan.FromSeconds(4);

    private readonly ConcurrentDictionary<Guid, string> _acknowledged = new();
    private readonly PatientSender _sender = new();
    private readonly Func<string, string, IReadOnlyList<MeshClient>> _clients;
    private Task _raters = Task.CompletedTask;
    private volatile bool _stopped;

    private Workload(string study, int seed, Func<string, string, IReadOnlyList<MeshClient>> clients) =>
        (Study, Seed, _clients) = (study, seed, clients);

    public string Study { get; }

    public int Seed { get; }

    /// <summary>Event ids of answers 201, with the commitments of their receipts.</summary>
    public IReadOnlyDictionary<Guid, string> Acknowledged => _acknowledged;

    /// <summary>Answers that no fault may cause.</summary>
    public IReadOnlyCollection<string> Unexpected => _sender.Unexpected;

    /// <summary>How many answers were 503 or 429.</summary>
    public int Busy => _sender.Busy;

    /// <summary>How many requests ended without an answer.</summary>
    public int Broken => _sender.Broken;

    public static Workload Start(MeshRun run, string study, int seed, IReadOnlyList<Uri> nodes)
    {
        var load = new Workload(study, seed, (organisation, subject) =>
            [.. nodes.Select(node => run.At(node, nodes.Count > 1 ? OneOfSeveral : OnlyNode, organisation, subject, "rater"))]);
        var raters = FaultyMesh.Organisations.SelectMany(organisation => Enumerable.Range(0, RatersEach).Select(n => (organisation, n)));
        load._raters = Task.WhenAll(raters.Select((rater, i) => Task.Run(() => load.RateAsync(rater.organisation, rater.n, i))));
        return load;
    }

    /// <summary>Waits until so many more are acknowledged.</summary>
    public async Task WaitForMoreAsync(int count)
    {
        var until = _acknowledged.Count + count;
        using var limit = new CancellationTokenSource(PatientSender.Patience);
        while (_acknowledged.Count < until)
        {
            Assert.False(limit.IsCancellationRequested, $"{this}: no {count} more within {PatientSender.Patience.TotalSeconds} s");
            await Task.Delay(20);
        }
    }

    /// <summary>No new requests; those under way are answered first.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await _raters;
    }

    public override string ToString() =>
        $"study {Study}, seed {Seed}, {_acknowledged.Count} acknowledged, {Busy} told to wait, {Broken} broken off";

    private async Task RateAsync(string organisation, int rater, int number)
    {
        var random = new Random(Seed + number);
        var clients = _clients(organisation, $"rater-{rater}");
        for (var n = 0; !_stopped; n++)
        {
            await RequireAnswerAsync(clients, Draw(random), string.Create(CultureInfo.InvariantCulture, $"{Study}-{number}-{n}"));
            await WaitABitAsync(random.Next(20, 60));
        }
    }

    private static SubmitRatingsRequest Draw(Random random)
    {
        var cells = Enumerable.Range(0, PaperTable.Sheet.Count).ToArray();
        random.Shuffle(cells);
        var count = random.Next(10) == 0 ? 20 : random.Next(1, 4);
        return new SubmitRatingsRequest([.. cells.Take(count).Select(cell => PaperTable.Sheet[cell]).Select(cell =>
            new RatingItem(cell.Technique, cell.FailureMode, Best: random.Next(1, 1_000_000) / 1_000_000m))]);
    }

    private async Task RequireAnswerAsync(IReadOnlyList<MeshClient> clients, SubmitRatingsRequest request, string key)
    {
        var receipt = await _sender.WaitForAnswerAsync<RatingsReceipt>(clients, $"studies/{Study}/ratings", request, key);
        if (receipt?.EventId is not { } id) return;
        if (!_acknowledged.TryAdd(id, receipt.Commitment!)) _sender.Report($"event {id} was the answer to two requests");
    }

    private static Task WaitABitAsync(int milliseconds) => Task.Delay(milliseconds);
}
