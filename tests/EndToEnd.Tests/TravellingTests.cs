using AlignmentMesh.Contracts;

namespace AlignmentMesh.EndToEnd.Tests;

[Collection(OnOneMesh.Name)]
public sealed class TravellingTests(MeshRun run)
{
    [Fact]
    public async Task A_sheet_and_its_revision_travel_to_the_risk_report()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "authors");
        var expert = run.Intake("authors", "expert", "rater");
        await expert.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest(PaperTable.Sheet));
        var (matrix, risk) = await run.WaitForVersionAsync(study, 4);
        Assert.Equal((4L, 49), (matrix.Version, matrix.RatedCells));
        Assert.Equal(0.40951, Of(risk, "RLHF", "RLAIF", "W2S").Joint, 12);
        Assert.Equal(0.13390345, Of(risk, "Debate", "RE").Joint, 12);
        var all = risk.Portfolios.Single(portfolio => portfolio.Techniques.Count == 7);
        Assert.Equal((0.02482255, 92.783), (Math.Round(all.Joint, 12), Math.Round(all.DependenceEffect!.Value, 3)));
        Assert.Equal("AL-GEN", risk.Importance.MaxBy(importance => importance.Criticality)!.FailureMode);
        Assert.Equal(matrix.Digest, risk.MatrixDigest);

        await expert.OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RE", "AL-GEN", Verdict: "resistant")]));
        var revised = await run.WaitForVersionAsync(study, 5);
        Assert.True(Of(revised.Risk, "Debate", "RE").Joint < Of(risk, "Debate", "RE").Joint);
        var before = await run.Risk.GetAsync<RiskReport>($"studies/{study}/risk?lens=crisp&version=4&portfolios=all");
        Assert.Equal(risk.Digest, before.Digest);
        var unpublished = await run.Matrix.GetAsync<MatrixView>($"studies/{study}/matrix?lens=crisp&version=3");
        Assert.Equal((3L, 0), (unpublished.Version, unpublished.RatedCells));
    }

    [Fact]
    public async Task A_cell_names_the_ledger_entries_behind_it()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "lab-a", "lab-b");
        foreach (var organisation in new[] { "lab-a", "lab-b" })
            await run.Intake(organisation, "expert", "rater").OkAsync<RatingsReceipt>(
                $"studies/{study}/ratings", new SubmitRatingsRequest([new("RE", "COLL", Best: organisation == "lab-a" ? 0.1m : 0.3m)]));
        await run.WaitForVersionAsync(study, 6);
        var lineage = await run.Matrix.GetAsync<CellLineage>($"studies/{study}/matrix/cells/RE/COLL");
        Assert.Equal(["lab-a", "lab-b"], lineage.Organisations.Select(organisation => organisation.Organisation).Order());
        Assert.Equal([4L, 5L], lineage.Ratings.Select(rating => rating.LedgerIndex).Order());
        Assert.All(lineage.Ratings, rating => Assert.True(rating.Counted));
    }

    [Fact]
    public async Task The_headline_lens_gives_the_risk_with_shared_uncertainty_beside_the_joint()
    {
        var study = await run.StudyAsync(PaperTable.Catalogue, "open", "authors");
        await run.Intake("authors", "expert", "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest(PaperTable.Sheet));
        var (_, risk) = await run.WaitForVersionAsync(study, 4, "rohl-1");
        Assert.All(risk.Portfolios.Where(portfolio => portfolio.Techniques.Count > 1), portfolio =>
            Assert.True(portfolio.JointSharedByMode > portfolio.Joint, string.Join('+', portfolio.Techniques)));
    }

    private static PortfolioRisk Of(RiskReport risk, params string[] techniques) =>
        risk.Portfolios.Single(portfolio => portfolio.Techniques.SequenceEqual(techniques));
}
