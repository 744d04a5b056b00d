using AlignmentMesh.Contracts;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>What a queue's numbers mean, and what to do about them.</summary>
internal static class QueueAdvice
{
    /// <param name="queue">Its state is <c>ok</c> when it answered, <c>missing</c> or <c>no-answer</c>.</param>
    public static QueueState Judge(QueueState queue, string service)
    {
        var state = queue switch
        {
            { State: "missing" } => queue.Kind == "consumed" ? "missing" : "none-yet",
            { Leader: "" } => "leaderless",
            { State: "no-answer" } => "no-answer",
            { Kind: not "consumed", Ready: > 0 } => "messages",
            { Kind: "consumed", Consumers: 0 } => "unconsumed",
            { Kind: "consumed", Ready: > 0 } => "behind",
            _ => "ok",
        };
        return queue with { State = state, WhatToDo = AdviceFor(state, queue, service) };
    }

    private static string? AdviceFor(string state, QueueState queue, string service) => state switch
    {
        "missing" =>
            $"Restart {service}: it declares its queue at its start. Its watchdog does so by itself; what was sent meanwhile is polled.",
        "unconsumed" => $"Restart {service}: its consumer hangs. Its watchdog does so by itself; what was sent meanwhile is polled.",
        "leaderless" or "no-answer" =>
            $"Delete the queue (rabbitmqctl delete_queue {queue.Queue}), restart {service}, which declares it anew, then "
            + "'mesh ops subscription rewind STUDY --to N' sends again what it held.",
        "behind" => "Look again: where the number does not fall, restart the service.",
        "messages" => $"mesh ops errors list --service {service} --kind {queue.Kind}",
        _ => null,
    };
}
