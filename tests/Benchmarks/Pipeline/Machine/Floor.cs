using System.Diagnostics;
using System.Globalization;
using AlignmentMesh.Benchmarks.Pipeline.Arithmetic;
using AlignmentMesh.Deploy.Local;
using Npgsql;

namespace AlignmentMesh.Benchmarks.Pipeline.Machine;

/// <summary>What the database alone does in the same seconds on the same machine.</summary>
/// <param name="Tool">What drove it.</param>
internal sealed record FloorResult(string Tool, int Concurrency, double PerSecond, Percentiles Latency);

/// <summary>
/// The floor that ratios are taken to: one insert of an event and one update of its stream in one transaction, prepared, on
/// the mesh's own PostgreSQL. Nothing that keeps an event durable can cost less.
/// </summary>
internal sealed class Floor(LocalServers servers, string connection, string folder, TimeProvider clock)
{
    private const int Streams = 10_000;
    private const int EventBytes = 463;
    private const int TransactionsEach = 20;

    private static readonly string Script =
        $"""
        \set s random(1, {Streams})
        begin;
        {Insert.Replace("$1", ":s", StringComparison.Ordinal)};
        {Update.Replace("$1", ":s", StringComparison.Ordinal)};
        commit;

        """;

    private static string Insert =>
        $$"""insert into floor_event(stream, data) values ($1, '{"data":"{{new string('x', EventBytes - 11)}}"}')""";

    private static string Update => "update floor_stream set version = version + 1 where id = $1";

    public async Task PrepareAsync(CancellationToken token)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            $"""
            create table floor_stream (id int primary key, version bigint not null);
            create table floor_event (id bigserial primary key, stream int not null, data jsonb not null);
            insert into floor_stream select n, 0 from generate_series(1, {Streams}) n;
            analyze floor_stream;
            """);
        await command.ExecuteNonQueryAsync(token);
        await File.WriteAllTextAsync(Path.Combine(folder, "floor.sql"), Script, token);
    }

    public async Task<FloorResult> RunAsync(int concurrency, TimeSpan duration, CancellationToken token)
    {
        if (servers.PostgresProgram("pgbench") is null) return await NpgsqlAsync(concurrency, duration, token);
        // Connecting counts towards the time: on a busy machine many clients may not be done with it before the time is up.
        for (var time = duration; ; time *= 2)
            if (await PgbenchAsync(concurrency, time, token) is { } result) return result;
    }

    /// <returns>Null when too few transactions came about to say anything.</returns>
    private async Task<FloorResult?> PgbenchAsync(int concurrency, TimeSpan duration, CancellationToken token)
    {
        var start = servers.PostgresProgram("pgbench")!;
        var database = new NpgsqlConnectionStringBuilder(connection);
        var prefix = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"floor-{clock.GetTimestamp()}"));
        foreach (var argument in (string[])[
            "-n", "-M", "prepared", "-c", Text(concurrency), "-j", Text(Math.Min(concurrency, Environment.ProcessorCount)),
            "-T", Text((int)Math.Ceiling(duration.TotalSeconds)), "-f", Path.Combine(folder, "floor.sql"), "-l", "--log-prefix", prefix,
            "-h", database.Host!, "-p", Text(database.Port), "-U", database.Username!, database.Database!])
            start.ArgumentList.Add(argument);
        start.Environment["PGPASSWORD"] = database.Password;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        if (process.ExitCode != 0) throw new LocalMeshException($"pgbench ended with code {process.ExitCode}: {await errors}");
        var latency = Latencies(prefix);
        var rate = (await output).Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal));
        return rate is not null && latency?.Count >= TransactionsEach * concurrency
            ? new FloorResult("pgbench", concurrency, double.Parse(rate.Split(' ')[2], CultureInfo.InvariantCulture), latency)
            : null;
    }

    /// <summary>The third field of a line of pgbench's log is a transaction's time in microseconds.</summary>
    private static Percentiles? Latencies(string prefix)
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + "*");
        var latency = Percentiles.Of(files.SelectMany(File.ReadLines).Select(line =>
            double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000));
        foreach (var file in files) File.Delete(file);
        return latency;
    }

    private async Task<FloorResult> NpgsqlAsync(int concurrency, TimeSpan duration, CancellationToken token)
    {
        await using var database = NpgsqlDataSource.Create(connection + $";Maximum Pool Size={Text(concurrency)}");
        var begun = clock.GetTimestamp();
        var workers = Enumerable.Range(0, concurrency).Select(worker => Task.Run(async () =>
        {
            await using var session = await database.OpenConnectionAsync(token);
            await using var batch = new NpgsqlBatch(session) { BatchCommands = { new(Insert), new(Update) } };
            foreach (var command in batch.BatchCommands) command.Parameters.Add(new NpgsqlParameter<int>());
            await batch.PrepareAsync(token);
            var times = new List<double>();
            while (clock.GetElapsedTime(begun) < duration)
            {
                var stream = (worker * 7919 + times.Count) % Streams + 1;
                foreach (var command in batch.BatchCommands) ((NpgsqlParameter<int>)command.Parameters[0]).TypedValue = stream;
                var started = clock.GetTimestamp();
                await batch.ExecuteNonQueryAsync(token);
                times.Add(clock.GetElapsedTime(started).TotalMilliseconds);
            }

            return times;
        }, token));
        var all = (await Task.WhenAll(workers)).SelectMany(times => times).ToArray();
        return new FloorResult("Npgsql loop", concurrency, all.Length / clock.GetElapsedTime(begun).TotalSeconds, Percentiles.Of(all)!);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
