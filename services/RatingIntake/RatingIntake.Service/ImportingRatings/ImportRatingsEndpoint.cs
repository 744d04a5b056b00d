using System.Diagnostics;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.SubmittingRatings;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace AlignmentMesh.RatingIntake.Service.ImportingRatings;

internal static class ImportRatingsEndpoint
{
    private const int MaxBytes = 5 * 1024 * 1024;

    public static void MapImportRatings(this IEndpointRouteBuilder api) =>
        api.MapPost("/studies/{study}/ratings:import", HandleAsync).WithTags("Ratings")
            .WithSummary("Import ratings from a CSV file")
            .WithDescription(
                "An org-admin imports for raters of its own organisation, a rater for itself. "
                + "dryRun tells what would happen; atomic refuses "
                + "the whole file when one row is refused. The rows that are taken are committed together. At most 5 MiB and 10,000 rows.")
            .Accepts<string>("text/csv").WithMetadata(new RequestSizeLimitAttribute(MaxBytes)).RequireAuthorization(Access.Contributor);

    private static async Task<Results<Ok<ImportResult>, ProblemHttpResult>> HandleAsync(
        string study, HttpRequest request, Caller caller, IdempotencyKey.RequestKey key, RatingsImport import, CancellationToken token,
        bool dryRun = false, bool atomic = false)
    {
        if (request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            return CommonProblems.MediaType.ToResult($"Content-Type is '{request.ContentType}'; allowed: text/csv.");
        using var body = new StreamReader(request.Body, Encoding.UTF8);
        var text = await body.ReadToEndAsync(token);
        var (rows, errors) = ImportFile.Read(text);
        errors.AddRange(ImportPlan.Strangers(rows, caller));
        var sheets = await import.TryOutAsync(study, caller, rows, errors, token);
        var result = new ImportResult(
            dryRun, atomic, sheets.Sum(sheet => sheet.Rows.Count), errors.Select(error => error.Row).Distinct().Count(),
            [.. errors.OrderBy(error => error.Row)], []);
        if (atomic && errors.Count > 0)
            return IntakeProblems.ImportRefused.ToResult(
                $"{errors.Count} errors; nothing was stored.", [KeyValuePair.Create<string, object?>("errors", result.Errors)]);
        if (dryRun || sheets.Count == 0) return TypedResults.Ok(result);

        var idempotencyKey = IdempotencyKey.Of(key, caller, Encoding.UTF8.GetBytes($"{atomic}\n{text}"));
        return await import.CommitAsync(study, caller, sheets, idempotencyKey, Activity.Current?.Id, token) switch
        {
            SubmissionOutcome.Accepted accepted => TypedResults.Ok(result with { Receipts = accepted.Receipts }),
            var other => RatingsAnswer.ToProblem(other),
        };
    }
}
