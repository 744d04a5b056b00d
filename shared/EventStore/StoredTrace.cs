using System.Diagnostics;
using JasperFx.Events;

namespace AlignmentMesh.EventStore;

/// <summary>
/// Carries a trace across the store. The daemon and the group committer run outside the request, so the request's context
/// travels in the event's headers.
/// </summary>
public static class StoredTrace
{
    public const string Header = "traceparent";

    public static void Stamp(IEvent @event, string? traceparent)
    {
        if (traceparent is null) return;
        @event.SetHeader(Header, traceparent);
        @event.CorrelationId = ActivityContext.TryParse(traceparent, null, out var context) ? context.TraceId.ToString() : null;
        @event.CausationId = traceparent;
    }

    public static string? Of(IEvent @event) => @event.GetHeader(Header)?.ToString();

    /// <summary>
    /// Starts a span for work on several causes: a child of the first, linked to the others, outside the ambient span
    /// (which belongs to the loop that does the work).
    /// </summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, IEnumerable<string?> causes)
    {
        var contexts = causes
            .Select(cause => ActivityContext.TryParse(cause, null, isRemote: true, out var context) ? context : default)
            .Where(context => context != default)
            .Distinct()
            .ToArray();
        var ambient = Activity.Current;
        Activity.Current = null;
        var started = source.StartActivity(
            name, kind, contexts.FirstOrDefault(), links: contexts.Skip(1).Take(MaxLinks).Select(context => new ActivityLink(context)));
        if (started is null) Activity.Current = ambient;
        return started;
    }

    private const int MaxLinks = 128;
}
