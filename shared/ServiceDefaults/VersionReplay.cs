using System.ComponentModel;
using System.Runtime.CompilerServices;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>
/// Recomputes what a service published and compares, a line for each. One at a time: it is for few, and the service needs the
/// processor.
/// </summary>
public abstract class VersionReplay : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Versions <paramref name="from"/> to <paramref name="to"/>, oldest first.</summary>
    /// <param name="to">Null: the newest version.</param>
    /// <param name="begun">Called once nothing can be refused any more; the first line may be long in coming.</param>
    /// <exception cref="ProblemException">Unknown study, versions out of range, or another replay runs.</exception>
    public async IAsyncEnumerable<ReplayedVersion> RunAsync(
        string study, long from, long? to, Func<Task> begun, [EnumeratorCancellation] CancellationToken token)
    {
        var newest = await NewestAsync(study, token);
        var last = to ?? newest;
        if (last < 1 || last > newest) throw OutOfRange("to", last, newest);
        if (from < 1 || from > last) throw OutOfRange("from", from, last);
        if (!await _turn.WaitAsync(0, token)) throw new ProblemException(Busy, "Another replay is running; replays run one at a time.");
        try
        {
            await begun();
            await foreach (var line in ReplayAsync(study, from, last, token)) yield return line;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract ProblemType Busy { get; }

    /// <exception cref="ProblemException">Unknown study.</exception>
    protected abstract Task<long> NewestAsync(string study, CancellationToken token);

    protected abstract IAsyncEnumerable<ReplayedVersion> ReplayAsync(string study, long from, long last, CancellationToken token);

    protected abstract ProblemException OutOfRange(string name, long value, long most);
}

public static class VersionReplayEndpoint
{
    public static void MapVersionReplay(this IEndpointRouteBuilder api, string tag, string summary, string description) =>
        api.MapGet("/studies/{study}/replay", HandleAsync).WithTags(tag).WithSummary(summary).WithDescription(description)
            .Produces<ReplayedVersion>(StatusCodes.Status200OK, LinesOfJson.MediaType).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Access.Reader);

    private static async Task<EmptyHttpResult> HandleAsync(
        string study, VersionReplay replay, HttpResponse response, CancellationToken token,
        [Description("First version, 1 or more.")] long from = 1, [Description("Last version; the newest without.")] long? to = null)
    {
        var lines = replay.RunAsync(study, from, to, () => response.StartLinesAsync(token), token);
        await foreach (var line in lines) await response.WriteLineAsync(line, token);
        return TypedResults.Empty;
    }
}
