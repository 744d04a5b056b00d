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
        Assert.Contains(spans, span => span.Name == "ledger sequence");
        Assert.Contains(spans, span => span.Name == "ledger publish");
        // Connected: every span but the request's own has its parent in the trace.
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        Assert.Single(spans, span => !ids.Contains(span.ParentId));
        var lineage = await run.Matrix.GetAsync<CellLineage>($"studies/{study}/matrix/cells/RLHF/COLL");
        Assert.Equal(trace, lineage.Ratings.Single().TraceId);
    }

    /// <summary>The trace once it has spans of all three services and no new one came for a second.</summary>
    private async Task<ReceivedSpan[]> WaitForSpansAsync(string trace)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var known = -1;
        while (true)
        {
            var spans = run.Traces.Spans.Where(span => span.TraceId == trace).ToArray();
            if (spans.Length == known && spans.Select(span => span.Service).Distinct().Count() == 3) return spans;
            Assert.False(limit.IsCancellationRequested, string.Join(", ", spans.Select(span => $"{span.Service}: {span.Name}")));
            known = spans.Length;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
