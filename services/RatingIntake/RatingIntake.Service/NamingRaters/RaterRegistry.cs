using System.Collections.Concurrent;
using System.Security.Cryptography;
using AlignmentMesh.ServiceDefaults;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.NamingRaters;

/// <summary>A rater as the ledger knows it. The kind is fixed when the rater first rates.</summary>
internal sealed record RaterName(string Rater, string Kind);

/// <summary>
/// Gives each person a random id per study and organisation. The ledger has the id; who it is stays here and can be erased.
/// </summary>
internal sealed class RaterRegistry(NpgsqlDataSource database)
{
    private const int IdBytes = 8;
    private const int Remembered = 20_000;

    private readonly ConcurrentDictionary<(string, string, string, string), RaterName> _known = new();
    private int _forgotten;

    /// <summary>The name of a rater of the caller's organisation, given on first use.</summary>
    public async Task<RaterName> NameAsync(string study, Caller caller, string subject, CancellationToken token)
    {
        var person = (study, caller.Organisation, caller.Issuer, subject);
        if (_known.TryGetValue(person, out var known)) return known;
        if (_known.Count > Remembered) _known.Clear();
        var forgotten = Volatile.Read(ref _forgotten);
        var name = _known[person] = await FindAsync(study, caller, subject, token) ?? await AddAsync(study, caller, subject, token);
        // It may have been erased after it was read: then it must not stay in memory.
        if (Volatile.Read(ref _forgotten) != forgotten) _known.TryRemove(person, out _);
        return name;
    }

    /// <summary>The rater's name if the person has rated in the study before.</summary>
    public async Task<RaterName?> FindAsync(string study, Caller caller, string subject, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select rater, kind from {IntakeSchema.Name}.rater where study = $1 and organisation = $2 and issuer = $3 and subject = $4");
        foreach (var value in new[] { study, caller.Organisation, caller.Issuer, subject })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync(token);
        return await rows.ReadAsync(token) ? new RaterName(rows.GetString(0), rows.GetString(1)) : null;
    }

    /// <summary>Whether it is known who a rater is.</summary>
    public async Task<bool> KnowsAsync(string study, string organisation, string rater, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"select 1 from {IntakeSchema.Name}.rater where study = $1 and organisation = $2 and rater = $3");
        foreach (var value in new[] { study, organisation, rater }) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(token) is not null;
    }

    /// <summary>Forgets in memory who a rater was; a person who comes back gets another id.</summary>
    public void Forget(string rater)
    {
        Interlocked.Increment(ref _forgotten);
        foreach (var person in _known.Where(pair => pair.Value.Rater == rater).Select(pair => pair.Key)) _known.TryRemove(person, out _);
    }

    private async Task<RaterName> AddAsync(string study, Caller caller, string subject, CancellationToken token)
    {
        await using var command = database.CreateCommand(
            $"""
            insert into {IntakeSchema.Name}.rater(study, organisation, issuer, subject, rater, kind)
            values ($1, $2, $3, $4, $5, $6) on conflict do nothing
            """);
        var id = "r-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        foreach (var value in new[] { study, caller.Organisation, caller.Issuer, subject, id, caller.Kind })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(token);
        // Another request of the same person may have been first.
        return (await FindAsync(study, caller, subject, token))!;
    }
}
