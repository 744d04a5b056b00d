using AlignmentMesh.Contracts;
using Microsoft.Extensions.Configuration;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>
/// The messages that the service's consumer failed on, or did not know. Replaying one twice does no harm: consumers ignore what
/// they have. One operation at a time, or two would hide messages from each other.
/// </summary>
public sealed class DeadLetters(IConfiguration configuration, Operated operated) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>The oldest messages of a queue; they stay in it.</summary>
    public Task<DeadLetterList> ListAsync(string kind, int limit, CancellationToken token) => OnQueueAsync(
        kind,
        async queue =>
        {
            var found = new List<DeadLetter>();
            await foreach (var message in queue.ReadAsync())
            {
                found.Add(DeadLetterReading.Describe(message, queue.Name, withHeaders: false));
                if (found.Count == limit) break;
            }

            return new DeadLetterList(operated.Service, queue.Name, queue.Waiting, found);
        },
        name => new DeadLetterList(operated.Service, name, 0, []), token);

    /// <summary>One message with its headers, among the oldest 256 of either queue.</summary>
    public async Task<DeadLetter> ShowAsync(string id, CancellationToken token)
    {
        foreach (var kind in DeadLetterKind.All)
            if (await OnQueueAsync(kind, queue => FindAsync(queue, id), _ => null, token) is { } found)
                return found;
        throw Unknown(id);
    }

    /// <summary>Sends messages back to the consumer: each is removed once the broker has it in the consumer's queue.</summary>
    public Task<DeadLettersChanged> ReplayAsync(ReplayErrorsRequest request, CancellationToken token) => ChangeAsync(
        request.Kind, request.Id, request.Limit, request.DryRun,
        async (queue, message) =>
        {
            await queue.SendBackAsync(message, operated.Queue!);
            await queue.RemoveAsync(message);
        },
        token);

    /// <summary>Throws messages away. What they brought is polled from the publisher, so nothing else is lost.</summary>
    public Task<DeadLettersChanged> DiscardAsync(DiscardErrorsRequest request, CancellationToken token) => ChangeAsync(
        request.Kind, request.Id, request.Limit, request.DryRun, async (queue, message) => await queue.RemoveAsync(message), token);

    public void Dispose() => _turn.Dispose();

    private Task<DeadLettersChanged> ChangeAsync(
        string kind, string? id, int limit, bool dryRun, Func<DeadLetterQueue, HeldMessage, Task> change, CancellationToken token) =>
        OnQueueAsync(
            kind,
            async queue =>
            {
                var ids = new List<string>();
                await foreach (var message in Chosen(queue, id, limit))
                {
                    if (!dryRun) await change(queue, message);
                    ids.Add(DeadLetterReading.IdOf(message));
                }

                if (id is not null && ids.Count == 0) throw Unknown(id);
                return new DeadLettersChanged(operated.Service, queue.Name, dryRun, ids, queue.Waiting - (dryRun ? 0 : ids.Count));
            },
            name => id is null ? new DeadLettersChanged(operated.Service, name, dryRun, [], 0) : throw Unknown(id),
            token);

    private static async IAsyncEnumerable<HeldMessage> Chosen(DeadLetterQueue queue, string? id, int limit)
    {
        var (chosen, passed) = (0, 0);
        await foreach (var message in queue.ReadAsync())
        {
            if (id is null || DeadLetterReading.IdOf(message) == id)
            {
                yield return message;
                if (++chosen == limit) yield break;
            }
            else if (++passed == DeadLetterQueue.MostHeld)
            {
                yield break;
            }
        }
    }

    private static async Task<DeadLetter?> FindAsync(DeadLetterQueue queue, string id)
    {
        await foreach (var message in Chosen(queue, id, 1))
            return DeadLetterReading.Describe(message, queue.Name, withHeaders: true);
        return null;
    }

    private async Task<T> OnQueueAsync<T>(
        string kind, Func<DeadLetterQueue, Task<T>> work, Func<string, T> withoutQueue, CancellationToken token)
    {
        var name = $"{operated.Queue}_{kind}";
        await _turn.WaitAsync(token);
        try
        {
            await using var queue = await DeadLetterQueue.OpenAsync(configuration, name, token);
            return queue is null ? withoutQueue(name) : await work(queue);
        }
        catch (Exception failure) when (BrokerLink.IsSilence(failure, token))
        {
            throw BrokerLink.Silent(failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static ProblemException Unknown(string id) =>
        new(OperationProblems.UnknownMessage, $"No message '{id}' among the oldest {DeadLetterQueue.MostHeld}.");
}

/// <summary>How a message came to wait: its consumer failed, or no consumer knows its type.</summary>
internal static class DeadLetterKind
{
    public static readonly IReadOnlyList<string> All = ["error", "skipped"];
}
