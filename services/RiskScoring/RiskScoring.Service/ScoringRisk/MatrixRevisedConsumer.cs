using System.Diagnostics;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using MassTransit;

namespace AlignmentMesh.RiskScoring.Service.ScoringRisk;

/// <summary>Hands a published matrix to the scorer. What is refused is reported and done with: a second try would end the same.</summary>
internal sealed class MatrixRevisedConsumer(MatrixCheck check, RiskScorer scorer, ConsumerWatchdog watchdog) : IConsumer<MatrixRevised>
{
    public const string Queue = "risk-scoring";

    public Task Consume(ConsumeContext<MatrixRevised> context)
    {
        watchdog.Heard();
        var message = context.Message;
        return check.Accepts(message.Study, message.Version, message.Matrix)
            ? scorer.OfferAsync(message.Matrix, Activity.Current?.Id, context.CancellationToken)
            : Task.CompletedTask;
    }
}
