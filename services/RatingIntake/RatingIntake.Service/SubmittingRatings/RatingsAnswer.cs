using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.SubmittingRatings;

/// <summary>What became of a submission, as HTTP says it.</summary>
internal static class RatingsAnswer
{
    public static Results<Created<RatingsReceipt>, Ok<RatingsReceipt>, ProblemHttpResult> ForOne(
        SubmissionOutcome outcome, HttpResponse response)
    {
        if (outcome is not SubmissionOutcome.Accepted accepted) return ToProblem(outcome);
        var receipt = accepted.Receipts[0];
        response.Headers.ETag = $"\"{receipt.AssessmentVersion}\"";
        return receipt.EventId is null
            ? TypedResults.Ok(receipt)
            : TypedResults.Created($"/api/v1/studies/{receipt.Study}/assessment", receipt);
    }

    public static ProblemHttpResult ToProblem(SubmissionOutcome outcome) => outcome switch
    {
        SubmissionOutcome.Refused refused => refused.Refusals.ToProblem(),
        SubmissionOutcome.VersionDiffers differs => IntakeProblems.VersionDiffers.ToResult(
            $"The assessment is at version {differs.Current}.",
            [KeyValuePair.Create<string, object?>("currentVersion", differs.Current)]),
        SubmissionOutcome.KeyUsedForOther => IntakeProblems.KeyUsed.ToResult(IntakeProblems.KeyUsed.WhatToDo),
        _ => throw new UnreachableException(outcome.GetType().Name),
    };
}
