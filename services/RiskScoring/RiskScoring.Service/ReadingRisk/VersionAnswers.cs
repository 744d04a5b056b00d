using AlignmentMesh.Contracts;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <summary>What every question about a version may say.</summary>
internal sealed record VersionQuestion(string? Version, string? Lens, string? Format);

/// <summary>Answers questions about any version: found or fetched, computed in a turn, with its tag.</summary>
internal sealed class VersionAnswers(RiskReader reader, AnswerRuns runs)
{
    /// <param name="name">Differs wherever the answer to the same matrix and lens differs.</param>
    /// <param name="answer">A pure function of the matrix and the lens.</param>
    /// <param name="csv">The answer as a table.</param>
    /// <exception cref="ServiceDefaults.ProblemException">No such version, a parameter that is not as described, or too much work.
    /// </exception>
    public async Task<VersionedAnswer<T>> AskAsync<T>(
        string study, VersionQuestion asked, string name, Func<ConsensusMatrix, string, T> answer, Func<T, string> csv,
        HttpRequest request, CancellationToken token)
    {
        var isCsv = RiskRequest.IsCsv(request, asked.Format);
        var computed = await ComputeAsync(study, asked, name, answer, token);
        return new VersionedAnswer<T>(
            computed.Report, computed.Digest, isImmutable: asked.Version is not null, isCsv ? csv(computed.Report) : null);
    }

    /// <summary>The same for an answer that is a text of its own kind.</summary>
    public async Task<VersionedAnswer<string>> AskAsync(
        string study, VersionQuestion asked, string name, Func<ConsensusMatrix, string, string> answer, string mediaType,
        CancellationToken token)
    {
        var computed = await ComputeAsync(study, asked, name, answer, token);
        return new VersionedAnswer<string>(
            computed.Report, computed.Digest, isImmutable: asked.Version is not null, computed.Report, mediaType);
    }

    private async Task<ComputedAnswer<T>> ComputeAsync<T>(
        string study, VersionQuestion asked, string name, Func<ConsensusMatrix, string, T> answer, CancellationToken token)
    {
        var lens = RiskRequest.Lens(asked.Lens);
        var matrix = (await reader.FindAsync(study, asked.Version, token)).Matrix;
        try
        {
            return await runs.AskAsync($"{matrix.Digest} {lens} {name}", _ => answer(matrix, lens), token);
        }
        catch (RiskInputException impossible)
        {
            throw RiskProblems.TooMuchWork.Of(impossible.Field, impossible.Value, impossible.Allowed);
        }
    }
}
