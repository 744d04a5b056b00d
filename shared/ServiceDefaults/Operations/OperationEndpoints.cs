using System.ComponentModel;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>The operating endpoints that services have in common: the log, and for a service with a queue its queue and errors.</summary>
public static class OperationEndpoints
{
    private const string Tag = "Operations";
    private const int Most = 1000;

    public static void AddOperations(this WebApplicationBuilder builder, Operated operated)
    {
        builder.Services.AddSingleton(operated).AddSingleton<OperationLog>().AddSingleton<PositionRewind>();
        foreach (var problem in OperationProblems.All) builder.Services.AddSingleton(problem);
        builder.Services.AddSingleton(new ContractExample(LogExample(operated.Service)));
        if (operated.Queue is not null) builder.Services.AddSingleton<DeadLetters>().AddSingleton<QueueLook>();
    }

    public static void MapOperationLog(this IEndpointRouteBuilder api) =>
        api.MapGet("/operations/log", LogAsync).WithTags(Tag)
            .WithSummary("What operators did here, newest first").WithDescription("`before` continues behind an id, `limit` is 1..1000.")
            .ProducesProblem(StatusCodes.Status400BadRequest).RequireAuthorization(Access.Operator);

    public static void MapQueueOperations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/operations/queues", QueuesAsync).WithTags(Tag)
            .WithSummary("The service's queues: messages, consumers, leader, and what to do when something is wrong")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).RequireAuthorization(Access.Operator);
        api.MapGet("/operations/errors", ListAsync).WithTags(Tag)
            .WithSummary("Messages that the consumer failed on, oldest first, without their bodies")
            .WithDescription("`kind=skipped` lists those whose type no consumer knows. `limit` is 1..256.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireAuthorization(Access.Operator);
        api.MapGet("/operations/errors/{id}", ShowAsync).WithTags(Tag)
            .WithSummary("One such message with its headers, without its body").ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).RequireAuthorization(Access.Operator);
        api.MapPost("/operations/errors:replay", ReplayAsync).WithTags(Tag)
            .WithSummary("Send failed messages back to the consumer")
            .WithDescription("Each is removed after the broker confirmed it in the consumer's queue; a repetition does no harm.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).RequireAuthorization(Access.Operator);
        api.MapPost("/operations/errors:discard", DiscardAsync).WithTags(Tag)
            .WithSummary("Throw failed messages away, with a reason")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).RequireAuthorization(Access.Operator);
    }

    private static OperationLogPage LogExample(string service) => new(
        service,
        [
            new(new Guid("0199a7c0-5d1e-7c52-9b0e-3d8f6a1b2c4d"), "2026-05-04T09:30:00.000000Z", "https://issuer.example", "olga",
                "rewind", new Dictionary<string, string> { ["study"] = "my-study", ["to"] = "0" }, DryRun: true, "from 4 to 0"),
        ],
        Next: null);

    private static async Task<Ok<OperationLogPage>> LogAsync(
        OperationLog log, Operated operated, CancellationToken token, [Description("Id of an operation.")] Guid? before = null,
        int limit = 50)
    {
        RequireWithin("limit", limit, Most);
        var records = await log.ReadAsync(before, limit + 1, token);
        return TypedResults.Ok(new OperationLogPage(
            operated.Service, [.. records.Take(limit)], records.Count > limit ? records[limit - 1].Id : null));
    }

    private static async Task<Ok<QueueList>> QueuesAsync(QueueLook look, CancellationToken token) =>
        TypedResults.Ok(await look.LookAsync(token));

    private static async Task<Ok<DeadLetterList>> ListAsync(
        DeadLetters errors, CancellationToken token, string kind = "error", int limit = 50)
    {
        RequireKind(kind);
        RequireWithin("limit", limit, DeadLetterQueue.MostHeld);
        return TypedResults.Ok(await errors.ListAsync(kind, limit, token));
    }

    private static async Task<Ok<DeadLetter>> ShowAsync(string id, DeadLetters errors, CancellationToken token) =>
        TypedResults.Ok(await errors.ShowAsync(id, token));

    private static async Task<Ok<DeadLettersChanged>> ReplayAsync(
        ReplayErrorsRequest request, Caller caller, DeadLetters errors, OperationLog log, CancellationToken token)
    {
        RequireKind(request.Kind);
        RequireWithin("limit", request.Limit, Most);
        return TypedResults.Ok(await log.RunAsync(
            new Operation(
                caller, "errors replay", request.DryRun, ("kind", request.Kind), ("id", request.Id), ("limit", request.Limit)),
            () => errors.ReplayAsync(request, token), Outcome, token));
    }

    private static async Task<Ok<DeadLettersChanged>> DiscardAsync(
        DiscardErrorsRequest request, Caller caller, DeadLetters errors, OperationLog log, CancellationToken token)
    {
        RequireKind(request.Kind);
        RequireWithin("limit", request.Limit, Most);
        if (string.IsNullOrWhiteSpace(request.Reason)) throw OperationProblems.Argument("reason", "", "why they may be thrown away");
        return TypedResults.Ok(await log.RunAsync(
            new Operation(
                caller, "errors discard", request.DryRun, ("kind", request.Kind), ("id", request.Id), ("limit", request.Limit),
                ("reason", request.Reason)),
            () => errors.DiscardAsync(request, token), Outcome, token));
    }

    private static string Outcome(DeadLettersChanged changed) =>
        FormattableString.Invariant($"{changed.Ids.Count} messages of {changed.Queue}: ") + string.Join(' ', changed.Ids);

    private static void RequireKind(string kind)
    {
        if (!DeadLetterKind.All.Contains(kind)) throw OperationProblems.Argument("kind", kind, string.Join(" or ", DeadLetterKind.All));
    }

    private static void RequireWithin(string field, int value, int most)
    {
        if (value < 1 || value > most) throw OperationProblems.Argument(field, value, FormattableString.Invariant($"1..{most}"));
    }
}
