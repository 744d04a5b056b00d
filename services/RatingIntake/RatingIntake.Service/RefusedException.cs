using AlignmentMesh.EventStore;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;

namespace AlignmentMesh.RatingIntake.Service;

/// <summary>A refusal found before there was anything to decide.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(IntakeProblems.Sentence(refusal))
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Answers refusals and a full queue as problems.</summary>
internal sealed class IntakeExceptionHandler(IntakeMetrics metrics) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            RefusedException refused => IntakeProblems.ToProblem([refused.Refusal]),
            CommitterBusyException busy => IntakeProblems.Busy.ToResult(busy.Message),
            _ => null,
        };
        if (problem is null) return false;
        metrics.Refused(problem.ProblemDetails.Type!.Split('/')[^1]);
        await problem.ExecuteAsync(http);
        return true;
    }
}
