using AlignmentMesh.EventStore;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.AnsweringAgain;

/// <summary>Deletes answers older than a client may still ask for.</summary>
internal sealed class ForgetAnswers(NpgsqlDataSource database, TimeProvider clock, ILogger<ForgetAnswers> log)
    : BackgroundLoop(new Wake(TimeSpan.Zero, clock), Poll, clock, log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private const int Batch = 10_000;
    private readonly TimeProvider _clock = clock;

    protected override async Task<bool> PassAsync(CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            delete from {IntakeSchema.Name}.answer where (scope, key) in
                (select scope, key from {IntakeSchema.Name}.answer where answered_at < $1 limit {Batch})
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = _clock.GetUtcNow() - Kept });
        return await command.ExecuteNonQueryAsync(token) == Batch;
    }
}
