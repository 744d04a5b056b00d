using System.Net;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>A problem (RFC 9457) as the services answer it.</summary>
internal sealed record ProblemBody(
    string? Type = null, string? Title = null, string? Detail = null, string? TraceId = null, IReadOnlyList<RefusedItem>? Refusals = null,
    IReadOnlyList<ImportError>? Errors = null, JsonElement? Value = null, JsonElement? Allowed = null)
{
    public const string UnknownStudy = "/problems/unknown-study";
    public const string UnknownCell = "/problems/unknown-cell";

    public static ProblemBody? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemBody>(body, ContractJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every particular on a line of its own: field, value, what is allowed, and what may have been meant.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. Refusals is { Count: > 0 } refusals ? refusals.SelectMany(refusal => refusal.Lines)
            : new[] { Detail, RefusedItem.Question(Value?.ToString(), Allowed?.ToString()) }.OfType<string>(),
        .. (Errors ?? []).Select(error => $"row {error.Row}{(error.Column is null ? "" : $", {error.Column}")}: {error.Message}"),
    ];

    /// <summary>What to do where the command line knows it better than the service's own page, which speaks of HTTP.</summary>
    public string? Advice => Type switch
    {
        UnknownStudy => "'mesh study list' names the studies.",
        "/problems/organisation-not-admitted" =>
            "Let a round manager of the study's owner admit it: mesh organisation admit STUDY ORGANISATION",
        "/problems/no-open-round" => "Let a round manager of the study's owner open a round: mesh round open STUDY",
        "/problems/round-already-open" => "mesh round close STUDY",
        "/problems/sign-in-needed" => NextOf(HttpStatusCode.Unauthorized),
        "/problems/not-allowed" => NextOf(HttpStatusCode.Forbidden),
        _ when Refusals is { Count: > 0 } => "Nothing was changed. Change what the lines above name, then try again.",
        _ => null,
    };

    public static int ExitCodeOf(HttpStatusCode status) => (int)status switch
    {
        400 or 405 or 406 or 415 => ExitCode.Usage,
        401 or 403 => ExitCode.NotPermitted,
        413 or 422 => ExitCode.DataRejected,
        408 or 412 or 425 or 429 or 503 => ExitCode.TryAgain,
        502 or 504 => ExitCode.Unreachable,
        >= 500 => ExitCode.Internal,
        _ => ExitCode.Failed,
    };

    public static string NextOf(HttpStatusCode status) => (int)status switch
    {
        401 => "Set MESH_TOKEN_FILE to a file with a valid token; on the mesh of this machine name your organisation with --org.",
        403 => "Ask the study's owner for a role that allows it.",
        404 => "Check the ids: 'mesh study list' and 'mesh study show STUDY' name them.",
        408 or 425 or 429 or 503 => "Run the same command again in a moment; nothing is counted twice.",
        412 => "Read the current state, then try again.",
        >= 500 => "Report the trace id to the operators of the mesh.",
        _ => "Change what the lines above name, then try again.",
    };
}

/// <summary>One thing that a service does not take.</summary>
internal sealed record RefusedItem(string? Reason, string? Item, string? Field, string? Value, string? Allowed)
{
    private const string ListPrefix = "one of ";

    public IEnumerable<string> Lines
    {
        get
        {
            var where = Item is null ? Field : $"{Item}.{Field}";
            yield return $"{where} is {(Value is null ? "missing" : $"'{Value}'")}; allowed: {Allowed}.";
            if (Question(Value, Allowed) is { } question)
                yield return question;
        }
    }

    /// <summary>What may have been meant, when what is allowed is a list.</summary>
    public static string? Question(string? value, string? allowed)
    {
        if (value is null || allowed is null)
            return null;
        var list = allowed.StartsWith(ListPrefix, StringComparison.Ordinal) ? allowed[ListPrefix.Length..] : allowed;
        return CloseMatch.Question(value, list.Split(", "));
    }
}
