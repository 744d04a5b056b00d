using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;

/// <summary>Looks at every ledger again and again. A look that fails is tried again; a refusal stays with its study.</summary>
internal sealed partial class SigningLoop(
    IServiceScopeFactory scopes, StudySigner signer, StateFolder states, SigningMetrics metrics, IOptions<SigningOptions> options,
    TimeProvider clock, ILogger<SigningLoop> log) : BackgroundService
{
    /// <summary>When all ledgers were last looked at; null before the first time.</summary>
    public DateTimeOffset? LastLook { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TryAsync("all ledgers", LookAtAllAsync, stoppingToken)) LastLook = clock.GetUtcNow();
            await Task.Delay(options.Value.Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAtAllAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var feed = scope.ServiceProvider.GetRequiredService<IntakeFeed>();
        var heads = (await feed.HeadsAsync(token)).ToDictionary(head => head.Study);
        foreach (var study in heads.Keys.Union(states.All.Select(state => state.Kept.Study)).ToArray())
            await TryAsync(study, ct => signer.LookAsync(study, heads.GetValueOrDefault(study), feed, ct), token);
        metrics.At(states.All.ToDictionary(state => state.Kept.Study, state => (
            state.Refusal is not null,
            Math.Max(0, (heads.GetValueOrDefault(state.Kept.Study)?.Size ?? 0) - state.Kept.Size))));
    }

    private async Task<bool> TryAsync(string what, Func<CancellationToken, Task> look, CancellationToken token)
    {
        try
        {
            await look(token);
            return true;
        }
        catch (Exception failure) when (IsPassing(failure, token))
        {
            LogFailed(what, failure);
            return false;
        }
    }

    /// <summary>Intake or the disk does not answer, or answers nonsense: nothing is signed, and nothing is refused for good.</summary>
    private static bool IsPassing(Exception failure, CancellationToken token) =>
        failure is HttpRequestException or IOException or JsonException or FormatException or TimeoutRejectedException
        || (failure is OperationCanceledException && !token.IsCancellationRequested);

    [LoggerMessage(LogLevel.Warning, "The look at {What} failed and is made again")]
    private partial void LogFailed(string what, Exception failure);
}
