using System.Net;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Tests;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.Tests;

/// <summary>What a superuser does whom no trigger stops, each in a study of its own, found by one check of everything.</summary>
[Collection(OnHarmedLedgers.Name)]
public sealed class CheckingLedgerTests(IntakeMesh mesh)
{
    private const int Size = 7;

    private static readonly (string Statement, string Kind, long? Index)[] Changes =
    [
        ("update intake.mt_events e set data = jsonb_set(data, '{items,0,best}', '\"0.99\"') from intake.ledger l "
            + "where l.event_id = e.id and l.study = $1 and l.idx = 4", "event-changed", 4),
        ("update intake.mt_events e "
            + "set headers = jsonb_set(headers, '{salt}', to_jsonb(encode(decode(repeat('07', 32), 'hex'), 'base64'))) "
            + "from intake.ledger l where l.event_id = e.id and l.study = $1 and l.idx = 4", "salt-changed", 4),
        ("update intake.mt_events e set data = '[]' from intake.ledger l where l.event_id = e.id and l.study = $1 and l.idx = 4",
            "event-unreadable", 4),
        ("delete from intake.mt_events e using intake.ledger l where l.event_id = e.id and l.study = $1 and l.idx = 6", "event-missing", 6),
        ("update intake.ledger set leaf = replace(convert_from(leaf, 'UTF8'), '\"c\":\"', '\"c\":\"0')::bytea where study = $1 and idx = 4",
            "leaf-malformed", 4),
        // One bit of the commitment's first digit; of a and f the second, for the flipped one to be a digit as well.
        ("update intake.ledger set leaf = set_bit(leaf, at, 1 - get_bit(leaf, at)) from (select 8 * place + 32 "
            + "+ (substring(leaf from place + 5 for 1) in ('a', 'f'))::int as at "
            + "from (select leaf, position('\"c\":\"'::bytea in leaf) as place "
            + "from intake.ledger where study = $1 and idx = 4) found) flipped where study = $1 and idx = 4", "opening-differs", 4),
        ("update intake.ledger set salt = decode(repeat('07', 32), 'hex') where study = $1 and idx = 4", "opening-differs", 4),
        ("update intake.ledger set nodes = set_byte(nodes, 39, get_byte(nodes, 39) # 1) where study = $1 and idx = 5", "hashes-differ", 5),
        ("update intake.ledger set blind = true where study = $1 and idx = 4", "release-changed", 4),
        ("delete from intake.ledger where study = $1 and idx = 6", "size-differs", 6),
        ("delete from intake.ledger where study = $1 and idx = 4", "entry-missing", 4),
        ("update intake.ledger_head set size = 6 where study = $1", "size-differs", 6),
        ("update intake.ledger a set leaf = b.leaf, event_id = gen_random_uuid() from intake.ledger b "
            + "where a.study = $1 and b.study = $1 and a.idx = 4 and b.idx = 5", "leaf-of-another-event", 4),
        ("insert into intake.ledger select study, 7, gen_random_uuid(), seq, type, round, blind, leaf, nodes, salt, envelope, traceparent "
            + "from intake.ledger where study = $1 and idx = 6", "size-differs", 7),
        ("with swapped as (delete from intake.ledger where study = $1 and idx in (4, 5) returning *) "
            + "insert into intake.ledger select study, 9 - idx, event_id, seq, type, round, blind, leaf, nodes, salt, envelope, "
            + "traceparent from swapped order by idx", "hashes-differ", 4),
    ];

    private MeshClient Operator => mesh.As("operators", "oscar", "operator");

    [Fact]
    public async Task Whatever_a_superuser_changes_is_found_and_named_and_what_nobody_changed_is_not()
    {
        var whole = await StudyAsync();
        var studies = new List<string>();
        await using var database = await SuperuserAsync();
        foreach (var (statement, _, _) in Changes)
        {
            studies.Add(await StudyAsync());
            await using var change = new NpgsqlCommand(statement, database) { Parameters = { new() { Value = studies[^1] } } };
            Assert.InRange(await change.ExecuteNonQueryAsync(), 1, 2);
        }

        var report = await WaitForNextCheckAsync();
        var found = report.First.ToLookup(finding => finding.Study);
        Assert.All(studies.Zip(Changes), pair => Assert.Contains(
            (pair.Second.Kind, pair.Second.Index), found[pair.First].Select(finding => (finding.Kind, finding.Index))));
        Assert.Empty(found[whole]);
        Assert.True(report.Findings >= Changes.Length && report.Entries > Size);
        using var http = new HttpClient { BaseAddress = mesh.Address };
        Assert.Contains("findings in the ledger", await http.GetStringAsync("/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_operators_read_what_was_found()
    {
        using var answer = await mesh.As("lab-a", "ann", "rater").RawAsync("operations/ledger/completeness");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task<string> StudyAsync()
    {
        var study = await mesh.StudyAsync();
        for (var n = 3; n < Size; n++)
            await mesh.As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
                $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: n / 10m)]));
        await mesh.As("", "").WaitForSizeAsync(study, Size);
        return study;
    }

    /// <summary>The first check that began after now.</summary>
    private async Task<LedgerCompleteness> WaitForNextCheckAsync()
    {
        var now = Ledger.Timestamps.Format(TimeProvider.System.GetUtcNow());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var answer = await Operator.RawAsync("operations/ledger/completeness");
            if (answer.IsSuccessStatusCode)
            {
                var report = await Operator.GetAsync<LedgerCompleteness>("operations/ledger/completeness");
                if (string.CompareOrdinal(report.StartedAt, now) > 0) return report;
            }

            await Task.Delay(200, limit.Token);
        }
    }

    private async Task<NpgsqlConnection> SuperuserAsync()
    {
        var owner = new NpgsqlConnectionStringBuilder(await mesh.Mesh.Servers.CreateDatabaseAsync(MeshService.RatingIntake.Database!));
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(mesh.Mesh.Servers.PostgresAdmin) { Database = owner.Database }.ConnectionString);
        await connection.OpenAsync();
        await using var quiet = new NpgsqlCommand("set session_replication_role = replica", connection);
        await quiet.ExecuteNonQueryAsync();
        return connection;
    }
}
