using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>One kind of problem (RFC 9457): its slug ends the problem's <c>type</c>, its page says what to do.</summary>
public sealed record ProblemType(string Slug, int Status, string Title, string WhatToDo);

/// <summary>A request that cannot be answered, thrown where returning a result would only be handed up.</summary>
public sealed class ProblemException(ProblemType type, string detail, IReadOnlyDictionary<string, object?>? extensions = null)
    : Exception(detail)
{
    public ProblemType Type { get; } = type;

    public IReadOnlyDictionary<string, object?> Extensions { get; } = extensions ?? new Dictionary<string, object?>();
}

public static class Problems
{
    private const string Path = "/problems/";

    /// <summary>The answer for a problem, with what is particular to it in <paramref name="detail"/> and the extensions.</summary>
    public static ProblemHttpResult ToResult(
        this ProblemType type, string detail, IEnumerable<KeyValuePair<string, object?>>? extensions = null) =>
        TypedResults.Problem(detail, statusCode: type.Status, title: type.Title, type: Path + type.Slug, extensions: extensions);

    internal static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    internal static void MapProblemTypes(this WebApplication app)
    {
        var types = app.Services.GetServices<ProblemType>().Concat(CommonProblems.All)
            .OrderBy(type => type.Slug, StringComparer.Ordinal)
            .ToArray();
        app.MapGet("/problems", () => types).WithTags("Problems").WithSummary("Every problem type of this service")
            .RequireAuthorization(Access.Reader);
        app.MapGet(Path + "{slug}", Results<Ok<ProblemType>, NotFound> (string slug) =>
            types.FirstOrDefault(type => type.Slug == slug) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound())
            .WithTags("Problems").WithSummary("What a problem type means and what to do").RequireAuthorization(Access.Reader);
    }

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Type?.StartsWith(Path, StringComparison.Ordinal) != true
            && CommonProblems.All.FirstOrDefault(type => type.Status == problem.Status) is { } known)
        {
            problem.Type = Path + known.Slug;
            problem.Title = known.Title;
            problem.Detail ??= known.WhatToDo;
        }

        problem.Instance = context.HttpContext.Request.Path;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString();
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.HttpContext.Response.Headers.RetryAfter = "1";
    }
}

internal sealed class ProblemExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    /// <summary>The session was ended because its transaction stood still.</summary>
    private const string IdleInTransaction = "25P03";

    public ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (ToProblem(exception) is not { } problem) return ValueTask.FromResult(false);
        http.Response.StatusCode = problem.Status!.Value;
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem, Exception = exception });
    }

    private static ProblemDetails? ToProblem(Exception exception) => exception switch
    {
        ProblemException known => known.Type.ToResult(known.Message, known.Extensions).ProblemDetails,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            CommonProblems.BodyTooLarge.ToResult(CommonProblems.BodyTooLarge.WhatToDo).ProblemDetails,
        BadHttpRequestException bad =>
            CommonProblems.Malformed.ToResult(bad.InnerException?.Message ?? bad.Message).ProblemDetails,
        _ when IsPassing(exception) =>
            CommonProblems.Unavailable.ToResult(CommonProblems.Unavailable.WhatToDo).ProblemDetails,
        _ => null,
    };

    /// <summary>
    /// The database is away, restarting, full, or took too long: whoever asked may try again. The event store wraps such a
    /// failure in one of its own.
    /// </summary>
    private static bool IsPassing(Exception? failure) => failure switch
    {
        null => false,
        NpgsqlException { IsTransient: true } or TimeoutException => true,
        PostgresException
        {
            SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or IdleInTransaction or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.ReadOnlySqlTransaction
        } => true,
        _ => IsPassing(failure.InnerException),
    };
}
