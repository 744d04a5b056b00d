using AlignmentMesh.Contracts;

namespace AlignmentMesh.EndToEnd.Tests;

[Collection(OnOneMesh.Name)]
public sealed class OneTraceTests(MeshRun run)
{
    [Fact]
    public async Task One_rating_is_one_connected_trace_over_the_three_services()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a");
        await run.WaitForVersionAsync(study, 3);
        using var answer = await run.Intake("lab-a", "expert", "rater").PostAsync(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.2m)]));
        var trace = answer.Headers.GetValues("traceparent").Single().Split('-')[1];
        await run.WaitForVersionAsync(study, 4);

        var spans = await WaitForSpansAsync(trace);
        Assert.Equal(["matrix-aggregation", "rating-intake", "risk-scoring"], spans.Select(span => span.Service).Distinct().Order());
        Assert.Single(Roots(spans));
        var lineage = await run.Matrix.GetAsync<CellLineage>($"studies/{study}/matrix/cells/RLHF/COLL");
        Assert.Equal(trace, lineage.Ratings.Single().TraceId);
    }

    /// <summary>
    /// The trace once it is whole and no new span came for a second. A process exports a parent that is still at work later than its
    /// children.
    /// </summary>
    private async Task<ReceivedSpan[]> WaitForSpansAsync(string trace)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var known = -1;
        while (true)
        {
            var spans = run.Traces.Spans.Where(span => span.TraceId == trace).ToArray();
            if (spans.Length == known && IsWhole(spans)) return spans;
            Assert.False(limit.IsCancellationRequested, string.Join(
                ", ", spans.Select(span => $"{span.Service}: {span.Name} {span.SpanId} in {span.ParentId}")));
            known = spans.Length;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static bool IsWhole(IReadOnlyCollection<ReceivedSpan> spans) =>
        spans.Select(span => span.Service).Distinct().Count() == 3 && Roots(spans).Count() == 1
        && spans.Any(span => span.Name == "ledger sequence") && spans.Any(span => span.Name == "ledger publish");

    /// <summary>Every span but the request's own has its parent in the trace.</summary>
    private static IEnumerable<ReceivedSpan> Roots(IReadOnlyCollection<ReceivedSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.Where(span => !ids.Contains(span.ParentId));
    }
}
