using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.RiskScoring.Service.ReadingRisk;

/// <param name="Digest">Hex SHA-256 of the report's canonical JSON.</param>
internal sealed record ComputedAnswer<T>(T Report, string Digest);

/// <summary>
/// Computes for readers without getting in the way of scoring: few runs at once, some that wait, and the newest answers kept. Who
/// asks what is being computed already waits for the same run.
/// </summary>
internal sealed class AnswerRuns(IHostApplicationLifetime lifetime) : IDisposable
{
    /// <summary>Runs at once and waiting, but for the long ones.</summary>
    public const int MostShort = 32;

    private const int MostLong = 8;
    private const int Kept = 32;

    private readonly Lock _gate = new();
    private readonly Lane _short = new(Math.Max(1, Environment.ProcessorCount / 2), MostShort);
    private readonly Lane _long = new(1, MostLong);
    private readonly Dictionary<string, Task> _answers = [];
    private readonly Queue<string> _oldestFirst = [];

    /// <param name="question">The same question has the same answer for ever.</param>
    /// <param name="isLong">It may take a second even of a small study: those that do not must not wait behind it.</param>
    /// <exception cref="RiskInputException">The question asks for more than it may.</exception>
    /// <exception cref="ServiceDefaults.ProblemException">Too many wait already.</exception>
    public Task<ComputedAnswer<T>> AskAsync<T>(
        string question, Func<CancellationToken, T> compute, CancellationToken token, bool isLong = false)
    {
        var lane = isLong ? _long : _short;
        lock (_gate)
        {
            if (!_answers.TryGetValue(question, out var answer))
            {
                if (lane.Running == lane.Most)
                    throw RiskProblems.Busy.Of("answers", $"{lane.Most} in the making already", "another try after Retry-After");
                lane.Running++;
                answer = RunAsync(lane, question, compute);
                Keep(question, answer);
            }

            return ((Task<ComputedAnswer<T>>)answer).WaitAsync(token);
        }
    }

    public void Dispose()
    {
        _short.Turn.Dispose();
        _long.Turn.Dispose();
    }

    private void Keep(string question, Task answer)
    {
        _answers[question] = answer;
        _oldestFirst.Enqueue(question);
        if (_oldestFirst.Count > Kept)
            _answers.Remove(_oldestFirst.Dequeue());
    }

    /// <summary>Goes on when its reader leaves: others may have joined, and the answer is kept.</summary>
    private async Task<ComputedAnswer<T>> RunAsync<T>(Lane lane, string question, Func<CancellationToken, T> compute)
    {
        var stopping = lifetime.ApplicationStopping;
        ComputedAnswer<T>? answer = null;
        // Whatever the run does, the caller holds the gate: nothing of it may happen on his time.
        await Task.Yield();
        try
        {
            await lane.Turn.WaitAsync(stopping);
            try
            {
                var report = compute(stopping);
                answer = new ComputedAnswer<T>(
                    report, Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(report, ContractJson.Options))));
            }
            finally
            {
                lane.Turn.Release();
            }
        }
        finally
        {
            lock (_gate)
            {
                lane.Running--;
                if (answer is null) _answers.Remove(question);
            }
        }

        return answer;
    }

    /// <param name="atOnce">Runs at once.</param>
    /// <param name="most">Runs at once and waiting.</param>
    private sealed class Lane(int atOnce, int most)
    {
        public SemaphoreSlim Turn { get; } = new(atOnce);

        public int Most => most;

        public int Running { get; set; }
    }
}
