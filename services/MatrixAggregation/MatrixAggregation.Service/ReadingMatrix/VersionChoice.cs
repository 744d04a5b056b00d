using System.ComponentModel;
using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;
using Microsoft.AspNetCore.Mvc;

namespace AlignmentMesh.MatrixAggregation.Service.ReadingMatrix;

/// <summary>The three ways in which a reader names a version; none of them means the newest.</summary>
internal sealed record VersionChoice(
    [property: FromQuery, Description("A ledger size: the matrix after so many entries.")] long? Version = null,
    [property: FromQuery, Description("RFC 3339: the matrix as of that instant.")] string? At = null,
    [property: FromQuery, Description("A closed round: the matrix just after it was closed.")] int? Round = null);

/// <param name="IsExplicit">The reader named the version by number, so the answer can never change.</param>
internal sealed record ChosenVersion(long Version, bool IsExplicit);

/// <summary>Finds the version that a reader means.</summary>
internal sealed class VersionFinder(VersionLog versions, FoldedEntries entries, FoldedStudies studies, Versions computed)
{
    // What DateTimeOffset would read beyond this is not RFC 3339.
    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <exception cref="ServiceDefaults.ProblemException">Unknown study, version or round, a bad instant, or several given.</exception>
    public async Task<ChosenVersion> FindAsync(string study, VersionChoice choice, CancellationToken token)
    {
        var given = Given(choice).ToArray();
        if (given.Length > 1) throw MatrixProblems.Several(given);
        var instant = choice.At is { } text ? Parse(text) : (DateTimeOffset?)null;
        var head = await versions.HeadAsync(study, token) ?? throw MatrixProblems.Study(study);
        return choice switch
        {
            { Version: { } version } when version < 1 || version > head.Version =>
                throw MatrixProblems.Version(study, version, head.Version),
            { Version: { } version } => new ChosenVersion(version, IsExplicit: true),
            { Round: { } round } => new ChosenVersion(
                AfterRound(study, round, await RoundsAsync(head, token)), IsExplicit: false),
            _ when instant is { } at => new ChosenVersion(
                await entries.VersionAtAsync(study, at, token) ?? throw MatrixProblems.BeforeFirst(study, choice.At!), IsExplicit: false),
            _ => new ChosenVersion(head.Version, IsExplicit: false),
        };
    }

    /// <summary>The version just after a round was closed, and the one just after the round before it, if there was one.</summary>
    /// <exception cref="ServiceDefaults.ProblemException">Unknown study or round, or the round is still open.</exception>
    public async Task<(long Closed, long? Before)> ClosedRoundAsync(string study, int round, CancellationToken token)
    {
        var rounds = await RoundsAsync(await versions.HeadAsync(study, token) ?? throw MatrixProblems.Study(study), token);
        if (rounds.FirstOrDefault(known => known.Round == round) is { ClosedAt: null } open)
            throw MatrixProblems.StillOpen(study, round, open.Mode);
        var before = rounds.FirstOrDefault(known => known.Round == round - 1);
        return (AfterRound(study, round, rounds), before is null ? null : AfterRound(study, round - 1, rounds));
    }

    /// <summary>The rounds as of a version that readers may know of a moment before this process has it in memory.</summary>
    private async Task<IReadOnlyList<RoundState>> RoundsAsync(MatrixHead head, CancellationToken token) =>
        studies.Of(head.Study) is { } folded && folded.Size >= head.Version
            ? folded.State.Rounds
            : (await computed.ComputeAsync(head.Study, head.Version, token)).State.Rounds;

    private static IEnumerable<string> Given(VersionChoice choice)
    {
        if (choice.Version is not null) yield return "version";
        if (choice.At is not null) yield return "at";
        if (choice.Round is not null) yield return "round";
    }

    private static DateTimeOffset Parse(string at) =>
        DateTimeOffset.TryParseExact(at, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
        && (at.EndsWith('Z') || at[^6] is '+' or '-')
            ? instant
            : throw MatrixProblems.Time(at);

    private static long AfterRound(string study, int round, IReadOnlyList<RoundState> rounds)
    {
        var closed = rounds.Where(known => known.ClosedAt is not null).ToArray();
        return closed.FirstOrDefault(known => known.Round == round) is { ClosedAt: { } index }
            ? index + 1
            : throw MatrixProblems.Round(study, round, closed.Select(known => known.Round));
    }
}
