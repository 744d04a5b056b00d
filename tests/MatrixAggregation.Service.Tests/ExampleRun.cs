using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Service.Tests;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>A small study and everything that the service answers about it, by type.</summary>
internal sealed class ExampleRun(Scene scene, MatrixHost host, OperatorClient caller, OperatorClient rater)
{
    private const string Matrix = $"studies/{MatrixExamples.Study}/matrix";

    public static async Task<ExampleRun> StartAsync(Servers servers, Scene scene)
    {
        var ledger = scene.Intake.Study(MatrixExamples.Study);
        scene.Intake.Show(ledger, 0);
        var host = await scene.StartAsync();
        Write(ledger);
        await scene.FoldAsync(host, ledger, [ledger.Page(0, 4), .. ledger.Pages(1).Skip(4)]);
        scene.Intake.ShowAll(ledger);
        var caller = new OperatorClient(host, servers.Keys);
        await MatrixHost.WaitUntilAsync(
            async () => (await caller.GetAsync<MatrixProgress>("operations/subscription")).Studies.All(one => one.Relayed == ledger.Size),
            () => "the relay");
        var rater = new OperatorClient(host, servers.Keys, "rater");
        scene.Intake.Raters[rater.Authorization] = new StudyRater(MatrixExamples.Study, "lab-a", "r-7f3a", "human");
        return new ExampleRun(scene, host, caller, rater);
    }

    public async Task<ApiDocument> DocumentAsync() => new(await host.GetAsync<JsonElement>("/openapi/v1.json"));

    public async IAsyncEnumerable<object> AnswersAsync()
    {
        yield return await host.GetAsync<MatrixView>(Matrix);
        yield return await host.GetAsync<ConsensusMatrix>($"{Matrix}/versions/8");
        yield return await host.GetAsync<MatrixVersions>($"{Matrix}/versions?limit=2");
        yield return await host.GetAsync<MatrixHeads>("matrix/heads");
        yield return await host.GetAsync<CellLineage>($"{Matrix}/cells/RLHF/COLL");
        yield return await host.GetAsync<CellHistory>($"{Matrix}/cells/RLHF/COLL/history?limit=2");
        yield return await host.GetAsync<MatrixDiff>($"{Matrix}/diff?a=6&b=9");
        yield return await host.GetAsync<MatrixDeltas>($"{Matrix}/deltas?from=7&to=9");
        yield return await host.GetAsync<MatrixAgreement>($"studies/{MatrixExamples.Study}/agreement");
        yield return await host.GetAsync<MatrixSensitivity>($"{Matrix}/sensitivity");
        yield return await rater.GetAsync<RoundFeedback>($"studies/{MatrixExamples.Study}/rounds/1/feedback");
        yield return await host.GetAsync<OrganisationViews>($"{Matrix}/organisations");
        yield return await caller.GetAsync<MatrixProgress>("operations/subscription");
        yield return await caller.PostAsync<Rewound>("operations/subscription:rewind", Request<RewindRequest>());
        yield return (await caller.RebuildAsync(MatrixExamples.Study, Request<RebuildRequest>()))[^1];
        yield return (await ReplayingStudyTests.LinesAsync(host, MatrixExamples.Study, ""))[^1];
        await FailedMessagesTests.PoisonAsync(scene, MatrixExamples.Message);
        yield return await FailedMessagesTests.WaitForErrorsAsync(caller, 1);
        yield return ExampleAnswers.WithoutMachine(await caller.GetAsync<DeadLetter>($"operations/errors/{MatrixExamples.Message}"));
        yield return await caller.PostAsync<DeadLettersChanged>("operations/errors:replay", Request<ReplayErrorsRequest>());
        await caller.PostAsync<DeadLettersChanged>("operations/errors:discard", Request<DiscardErrorsRequest>());
        yield return await caller.GetAsync<QueueList>("operations/queues");
        yield return await PulledAsync();
    }

    private static void Write(StudyLedger ledger)
    {
        ledger.Begun(label: "an example");
        Submit("lab-a", "r-7f3a", "human",
            new("RLHF", "COLL", "vulnerable", "0.8", "0.6", "0.9", "0.8"), new("RLHF", "AL-GEN", Best: "0.3"),
            new(null, "COLL", Best: "0.2"), new("RLHF", null, Best: "0.1"));
        Submit("lab-a", "r-91c0", "human", new("RLHF", "COLL", "vulnerable"), new("Debate", "COLL", Best: "0.25"));
        Submit("lab-b", "r-2b5d", "human",
            new("RLHF", "COLL", Best: "0.35", Lower: "0.2", Upper: "0.5"), new("Debate", "COLL", Best: "0.2"),
            new("RLHF", "AL-GEN", "resistant"));
        Submit("lab-b", "r-e804", "ai", new RatedItem("RLHF", "COLL", Best: "0.9"));
        ledger.Append(new RoundClosed(1));

        void Submit(string organisation, string rater, string kind, params RatedItem[] items) =>
            ledger.Append(new RatingsSubmitted(1, false, kind, items), organisation, rater);
    }

    private static T Request<T>() => MatrixExamples.Requests.OfType<T>().Single();

    /// <summary>The service pulls by itself too, so the study that is behind is another one until one was.</summary>
    private async Task<StudiesPulled> PulledAsync()
    {
        StudiesPulled? pulled = null;
        var another = scene.Intake.Study("another-study").Begun();
        await MatrixHost.WaitUntilAsync(
            async () =>
            {
                pulled = await caller.PostAsync<StudiesPulled>("operations/studies:pull", Request<OperationRequest>());
                if (pulled.Studies.Count > 0) return true;
                another.RatedBy(1);
                return false;
            },
            () => "a study that is behind");
        var study = pulled!.Studies.Single();
        Assert.True(study.Before < study.Target && study.After == study.Target, study.ToString());
        return pulled;
    }
}
