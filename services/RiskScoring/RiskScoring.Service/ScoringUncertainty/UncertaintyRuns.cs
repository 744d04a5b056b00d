using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.ScoringUncertainty;

/// <param name="Digest">Hex SHA-256 of the report's canonical JSON.</param>
internal sealed record UncertaintyAnswer(RiskUncertainty Report, string Digest);

/// <summary>
/// Draws for readers without getting in the way of scoring: one run at a time, a few that wait, and the newest answers kept. Who asks
/// what is being drawn already waits for the same run.
/// </summary>
internal sealed class UncertaintyRuns(RiskMetrics metrics, TimeProvider clock, IHostApplicationLifetime lifetime) : IDisposable
{
    private const int MostAtOnce = 8;
    private const int Kept = 32;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<Key, Task<UncertaintyAnswer>> _answers = [];
    private readonly Queue<Key> _oldestFirst = [];
    private int _running;

    /// <param name="portfolio">Distinct ids of the matrix, or null for all techniques.</param>
    /// <exception cref="RiskInputException">More work than one answer may take.</exception>
    /// <exception cref="ServiceDefaults.ProblemException">Too many wait already.</exception>
    public Task<UncertaintyAnswer> AskAsync(
        ConsensusMatrix matrix, UncertaintyQuestion question, IReadOnlyList<string>? portfolio, CancellationToken token)
    {
        var key = new Key(matrix.Digest!, question, portfolio is null ? null : string.Join(',', portfolio.Order(StringComparer.Ordinal)));
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out var answer))
            {
                if (_running == MostAtOnce)
                    throw RiskProblems.Busy.Of("draws", $"{MostAtOnce} other answers in the making", "another try after Retry-After");
                _running++;
                answer = RunAsync(key, matrix, portfolio);
                Keep(key, answer);
            }

            return answer.WaitAsync(token);
        }
    }

    public void Dispose() => _turn.Dispose();

    private void Keep(Key key, Task<UncertaintyAnswer> answer)
    {
        _answers[key] = answer;
        _oldestFirst.Enqueue(key);
        if (_oldestFirst.Count > Kept)
            _answers.Remove(_oldestFirst.Dequeue());
    }

    /// <summary>Goes on when its reader leaves: others may have joined, and the answer is kept.</summary>
    private async Task<UncertaintyAnswer> RunAsync(Key key, ConsensusMatrix matrix, IReadOnlyList<string>? portfolio)
    {
        var stopping = lifetime.ApplicationStopping;
        UncertaintyAnswer? answer = null;
        // Whatever the run does, the caller holds the gate: nothing of it may happen on his time.
        await Task.Yield();
        try
        {
            await _turn.WaitAsync(stopping);
            try
            {
                answer = Draw(key.Question, matrix, portfolio, stopping);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                if (answer is null) _answers.Remove(key);
            }
        }

        return answer;
    }

    private UncertaintyAnswer Draw(
        UncertaintyQuestion question, ConsensusMatrix matrix, IReadOnlyList<string>? portfolio, CancellationToken token)
    {
        var started = clock.GetTimestamp();
        var report = new ScoreUncertainty(matrix, question.Lens, question.Seed, question.Draws, question.Shared)
            .Report(question.Choice, portfolio, token);
        var digest = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(report, ContractJson.Options)));
        metrics.Drawn(clock.GetElapsedTime(started));
        return new UncertaintyAnswer(report, digest);
    }

    private sealed record Key(string MatrixDigest, UncertaintyQuestion Question, string? Portfolio);
}
