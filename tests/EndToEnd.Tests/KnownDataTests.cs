using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>
/// Public data sets go through the running system as studies: groups are organisations, rounds are rounds, files are imported over HTTP.
/// </summary>
[Collection(OnOneMesh.Name)]
public sealed class KnownDataTests(MeshRun run)
{
    private const string Replicates = "REPLICATES";
    private const int MostRows = 10_000;

    [SkippableFact]
    public async Task The_25_claims_of_aggreCAT_get_its_scores_under_every_lens_that_it_has()
    {
        var (study, size) = await SipsAsync(KnownData.Sips());
        await run.WaitForMatrixAsync(study, size);
        var met = 0;
        foreach (var (method, lens) in KnownData.LensOf)
        {
            var view = await run.Matrix.GetAsync<MatrixView>($"studies/{study}/matrix?lens={lens}&round=2");
            Assert.Equal((25, size), (view.RatedCells, view.Version));
            var means = view.Consensus.ToDictionary(cell => cell.Technique, cell => cell.Mean!.Value);
            foreach (var expected in KnownData.SipsScores().Where(one => one.Method == method))
            {
                Assert.Equal(expected.Score, means[Claim(expected.Claim)], KnownData.ToleranceOf(method));
                met++;
            }
        }

        Assert.Equal(25 * KnownData.LensOf.Count, met);
        Assert.Equal((0.027, 0.087), await DisagreementAsync(study, round: 1));
        Assert.Equal((0.035, 0.064), await DisagreementAsync(study, round: 2));
    }

    [SkippableFact]
    public async Task The_two_camps_of_RANDs_experts_agree_as_far_as_is_known()
    {
        var experts = KnownData.Rand();
        var answers = experts[0].Answers;
        var catalogue = new Catalogue(
            Items(answers.Select(answer => answer.Policy)), Items(answers.Select(answer => answer.Outcome)), []);
        var study = await run.StudyAsync(catalogue, "open", "camp-1", "camp-2");
        var size = 4;
        foreach (var camp in experts.GroupBy(expert => $"camp-{expert.Camp}"))
            foreach (var part in camp.Chunk(MostRows / answers.Count))
                size += await ImportAsync(study, camp.Key, "rater,technique,failure_mode,verdict", part.SelectMany(Verdicts));
        await run.WaitForMatrixAsync(study, size);
        var agreement = await run.Matrix.GetAsync<MatrixAgreement>($"studies/{study}/agreement?replicates=0");
        Assert.Equal((19 * 8, 173), (agreement.Overall.Units, agreement.Overall.Coders));
        Assert.Equal(0.210, Math.Round(agreement.Overall.Krippendorff.Ordinal!.Value, 3));
        Assert.Equal(
            [("camp-1", 26, 0.243), ("camp-2", 147, 0.277)],
            agreement.ByOrganisation.Select(one => (
                one.Organisation, one.Coders, Math.Round(one.Krippendorff.Ordinal!.Value, 3))));
    }

    /// <summary>Two blind rounds; the answer has the study and the size of its ledger.</summary>
    private async Task<(string Study, int Size)> SipsAsync(IReadOnlyList<KnownData.Claim> claims)
    {
        var catalogue = new Catalogue(
            Items(claims.Select(claim => Claim(claim.Id))), [new(Replicates, "Replicates", "The study of the claim replicates.")], []);
        string[] groups = [.. claims.Select(Organisation).Distinct().Order(StringComparer.Ordinal)];
        var study = await run.StudyAsync(catalogue, "blind", groups);
        var size = 2 + groups.Length;
        foreach (var round in new[] { 1, 2 })
        {
            if (round == 2) await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds", new OpenRoundRequest("blind"));
            foreach (var group in groups)
                size += await ImportAsync(
                    study, group, "rater,technique,failure_mode,best,lower,upper",
                    claims.Where(claim => claim.Round == $"round_{round}" && Organisation(claim) == group).Select(claim =>
                        FormattableString.Invariant(
                            $"{claim.Reader},{Claim(claim.Id)},{Replicates},{claim.Best / 100},{claim.Lower / 100},{claim.Upper / 100}")));
            await run.Manager.OkAsync<StudyChanged>($"studies/{study}/rounds/{round}:close", new { });
        }

        // Two closings and the second opening.
        return (study, size + 3);
    }

    /// <summary>Imports a file that must be taken whole, and says how many ledger entries it became.</summary>
    private async Task<int> ImportAsync(string study, string organisation, string header, IEnumerable<string> rows)
    {
        var (csv, count) = (new StringBuilder(header).Append('\n'), 0);
        foreach (var row in rows)
        {
            csv.Append(row).Append('\n');
            count++;
        }

        var result = await run.Intake(organisation, "importer", "org-admin").OkAsync<ImportResult>(
            $"studies/{study}/ratings:import?atomic=true", csv.ToString());
        Assert.Equal((count, 0), (result.Accepted, result.Rejected));
        return result.Receipts.Count;
    }

    /// <summary>Mean over the claims of what is between and within groups, as the round's feedback has it.</summary>
    private async Task<(double Between, double Within)> DisagreementAsync(string study, int round)
    {
        var feedback = await run.Matrix.GetAsync<RoundFeedback>($"studies/{study}/rounds/{round}/feedback");
        return (
            Math.Round(feedback.Quantities.Average(one => one.Disagreement!.Between), 3),
            Math.Round(feedback.Quantities.Average(one => one.Disagreement!.Within), 3));
    }

    private static IEnumerable<string> Verdicts(KnownData.Expert expert) =>
        from answer in expert.Answers
        where answer.Answer is not null
        let verdict = answer.Answer < 95 ? "resistant" : answer.Answer > 105 ? "vulnerable" : "uncertain"
        select $"{expert.Id},{answer.Policy},{answer.Outcome},{verdict}";

    private static string Organisation(KnownData.Claim claim) => claim.Group.ToLowerInvariant();

    private static string Claim(string id) => $"CLAIM-{id}";

    private static CatalogueItem[] Items(IEnumerable<string> ids) => [.. ids.Distinct().Select(id => new CatalogueItem(id, id, id))];
}
