using AlignmentMesh.Benchmarks.Pipeline.Machine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.EndToEnd.Tests;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.SequencingLedger;
using AlignmentMesh.ServiceDefaults;
using JasperFx.Events;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.Benchmarks;

/// <param name="Decided">Salt, commitment and what else the ledger wants of the event; null without a ledger.</param>
internal sealed record Draft(IdempotencyKey Key, string Organisation, string Stream, RatingsSubmitted Event, Decided? Decided);

/// <summary>
/// What the ledger adds to accepting ratings, on real PostgreSQL with rating-intake's own parts, the ways taken by turns: the whole
/// commit; its transaction with and without commitments, salts and promise; the sequencer's transaction with and without rows.
/// </summary>
internal sealed class LedgerOverhead
{
    public const string Name = "ledger";
    private const string Study = "bench";
    private const int Blocks = 50;
    private const int WarmUp = 3;
    // Processor time is counted in hundredths of a second, and looking at it costs milliseconds.
    private const int RoundsPerBlock = 20;
    private const int Pages = (WarmUp + Blocks) * RoundsPerBlock;

    private readonly IServiceProvider _parts;
    private readonly int _postgres;
    private readonly int _batch;
    private readonly Queue<IReadOnlyList<IEvent>> _pages = [];
    private int _keys;

    private LedgerOverhead(IServiceProvider parts, int postgres, int batch) => (_parts, _postgres, _batch) = (parts, postgres, batch);

    private IDocumentStore Store => _parts.GetRequiredService<IDocumentStore>();

    public static async Task RunAsync(TextWriter output)
    {
        var directory = DataDirectory.CreateTemporary();
        await using (var servers = await LocalServers.StartAsync(directory, onlyPrivate: true))
            foreach (var batch in new[] { 1, 16, 64 })
            {
                await using var app = Builder(servers, directory, await servers.CreateDatabaseAsync($"overhead_{batch}")).Build();
                await new LedgerOverhead(app.Services, servers.Postgres.ProcessId!.Value, batch).MeasureAsync(output);
            }

        directory.Delete();
    }

    private static WebApplicationBuilder Builder(LocalServers servers, DataDirectory directory, string database)
    {
        var keys = LocalKeys.In(directory);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Local" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = database,
            ["ConnectionStrings:RabbitMq"] = servers.RabbitMqUri.AbsoluteUri,
            ["Auth:LocalPublicKeyFile"] = keys.TokenPublicFile,
            ["Ledger:PageKeyFile"] = keys.PagePrivateFile,
            ["Ledger:ReceiptKeyFile"] = keys.ReceiptPrivateFile,
            ["Ledger:CheckpointPublicKeyFile"] = keys.CheckpointPublicFile,
            ["Serilog:MinimumLevel:Default"] = "Error",
        });
        builder.AddServiceDefaults("rating-intake");
        builder.AddRatingIntake();
        return builder;
    }

    private async Task MeasureAsync(TextWriter output)
    {
        await Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await OpenAsync();
        var committer = _parts.GetRequiredService<RatingsCommitter>();
        await committer.StartAsync(default);
        (string Name, Func<Task> Way, Spent Spent)[] ways =
        [
            ("the whole commit", () => CommitAsync(committer), new(_postgres)),
            ("its transaction without the ledger", () => TransactAsync(ledger: false), new(_postgres)),
            ("its transaction", () => TransactAsync(ledger: true), new(_postgres)),
            ("commitments and promise, in memory", () => Task.FromResult(Promised(Drafts(ledger: true))), new(_postgres)),
            ("the sequencer's page without rows", () => SequenceAsync(rows: false), new(_postgres)),
            ("the sequencer's page", () => SequenceAsync(rows: true), new(_postgres)),
        ];
        for (var page = 0; page < Pages; page++) await CommitAsync(committer);
        await LoadPagesAsync();
        for (var block = -WarmUp; block < Blocks; block++)
            foreach (var (_, way, spent) in ways) await spent.AddAsync(way, RoundsPerBlock, counts: block >= 0);
        await committer.StopAsync(default);
        foreach (var (name, _, spent) in ways) await output.WriteLineAsync($"| {_batch} | {name} | {spent.Row(_batch)} |");
    }

    private async Task OpenAsync()
    {
        await using var session = Store.LightweightSession();
        session.Events.StartStream(
            StreamKeys.Study(Study),
            [
                new StudyOpened(Study, "A study", "owner", PaperTable.Catalogue),
                .. Enumerable.Range(0, _batch).Select(n => new OrganisationAdmitted($"org-{n}", $"org-{n}")), new RoundOpened(1, "open"),
            ]);
        await session.SaveChangesAsync();
    }

    private Task CommitAsync(RatingsCommitter committer) => Task.WhenAll(Enumerable.Range(0, _batch).Select(async n =>
    {
        var item = new HashedItem(new RatingItem("RLHF", "COLL", Best: ++_keys % 1_000_000 / 1_000_000m), null, []);
        var command = new SubmitRatings($"org-{n}", "human", null, [item]);
        var outcome = await committer.CommitAsync(
            new Submission(Study, $"org-{n}", [new RaterCommand("whole", command.Decide, [])], Key(), null, null));
        if (outcome is not SubmissionOutcome.Accepted) throw new InvalidOperationException($"{outcome}");
    }));

    /// <summary>What the commit writes, put together by hand so that the ledger's part can be left out.</summary>
    private async Task TransactAsync(bool ledger)
    {
        await using var session = Store.LightweightSession();
        var drafts = Drafts(ledger);
        foreach (var draft in drafts)
        {
            var action = session.Events.StartStream(draft.Stream, draft.Event);
            draft.Decided?.CopyTo(action.Events[0]);
        }

        var answers = Promised(drafts);
        AnswerLog.Queue(session, answers, TimeProvider.System.GetUtcNow());
        await session.SaveChangesAsync();
    }

    private Draft[] Drafts(bool ledger) => [.. Enumerable.Range(0, _batch).Select(n =>
    {
        var @event = new RatingsSubmitted(1, false, "human", [new RatedItem("RLHF", "COLL", Best: "0.25")]);
        var (key, organisation) = (Key(), $"org-{n}");
        var stream = StreamKeys.Assessment(Study, organisation, key.Key);
        var decided = ledger ? Decided.Now(@event, stream, 1, organisation, TimeProvider.System.GetUtcNow(), null) : null;
        return new Draft(key, organisation, stream, @event, decided);
    })];

    private (IdempotencyKey Key, List<RatingsReceipt> Answer)[] Promised(Draft[] drafts)
    {
        (IdempotencyKey, List<RatingsReceipt> Answer)[] answers = [.. drafts.Select(draft => (draft.Key, new List<RatingsReceipt>
        {
            new(Study, draft.Organisation, "ann", 1, draft.Decided?.Id, draft.Decided?.Commitment, 1, 1),
        }))];
        _parts.GetRequiredService<ReceiptPromises>().AddTo([.. answers.Select(answer => answer.Answer)], TimeProvider.System.GetUtcNow());
        return answers;
    }

    /// <summary>What was committed so far, as the daemon would give it to the sequencer.</summary>
    private async Task LoadPagesAsync()
    {
        await using var session = Store.QuerySession();
        var prefix = StreamKeys.Assessment(Study, "", "").TrimEnd('/');
        var events = await session.Events.QueryAllRawEvents()
            .Where(stored => stored.StreamKey!.StartsWith(prefix)).OrderBy(stored => stored.Sequence).ToListAsync();
        foreach (var page in events.Chunk(_batch)) _pages.Enqueue(page);
    }

    private async Task SequenceAsync(bool rows)
    {
        await using var session = Store.LightweightSession();
        // The daemon's position, moved in the transaction of the page.
        session.QueueSqlCommand(
            $"insert into {IntakeSchema.Name}.ledger_head as h (study, size, sequenced_at) values ('position', 1, '')"
            + " on conflict (study) do update set size = h.size + 1");
        if (rows) await _parts.GetRequiredService<LedgerAppender>().AppendAsync(_pages.Dequeue(), session, default);
        await session.SaveChangesAsync();
    }

    private IdempotencyKey Key() => new("bench", $"key-{++_keys}", new byte[32]);
}
