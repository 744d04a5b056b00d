using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Demo;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class DemoResultTests
{
    private static readonly RiskAssumptions Assumptions = new("shared-failure-modes", 0.01, [], []);

    [Fact]
    public void The_object_has_the_promised_shape_with_importance_by_criticality_and_shared_joint_under_the_headline_only()
    {
        var result = new DemoResult([DemoStudy.Of(Answers())], [new DemoStage("servers", 1.5, true)]);
        var json = JsonSerializer.SerializeToElement(result, Json.Complete);
        Assert.Equal(["studies", "stages"], Fields(json));
        var study = json.GetProperty("studies")[0];
        Assert.Equal(["study", "ledgerSize", "root", "matrixVersion", "ratedCells", "lenses"], Fields(study));
        var (crisp, headline) = (study.GetProperty("lenses").GetProperty("crisp"), study.GetProperty("lenses").GetProperty("rohl-1"));
        Assert.Equal(["techniques", "joint", "independent", "dependenceEffect"], Fields(crisp.GetProperty("portfolios")[0]));
        Assert.Equal(
            ["techniques", "joint", "jointSharedByMode", "independent", "dependenceEffect"], Fields(headline.GetProperty("portfolios")[0]));
        var modes = crisp.GetProperty("importance").EnumerateArray().Select(mode => mode.GetProperty("failureMode").GetString());
        Assert.Equal(["B", "A", "C"], modes);
        Assert.Equal(["name", "seconds", "ok"], Fields(json.GetProperty("stages")[0]));
    }

    private static StudyAnswers Answers()
    {
        var view = new MatrixView("s", null, 4, "root", "", "rohl-1", "rohl-1", "d", true, 1, 1, [], [], [], [], [], []);
        var lenses = new Dictionary<string, IReadOnlyList<ConsensusCell>>();
        var matrix = new ConsensusMatrix("s", null, 4, "root", "", [], [], [], [], [], lenses, "d");
        var risks = new Dictionary<string, RiskReport> { ["crisp"] = Report("crisp", null), ["rohl-1"] = Report("rohl-1", 0.3) };
        return new StudyAnswers("s", new TreeHead("s", 4, "root", "sig"), [], view, view, matrix, risks, risks);
    }

    private static RiskReport Report(string lens, double? shared) => new(
        "s", null, 4, lens, "m", "st", "d", Assumptions,
        [new PortfolioRisk(null, ["T"], 0.2, shared, 0.21, 0.2, 1, 1, [0.2, 0.2], [0.2, 0.2], null, false)],
        [Mode("A", 0.2), Mode("B", 0.7), Mode("C", null)], "d", true);

    private static FailureModeImportance Mode(string id, double? criticality) => new(id, 0, criticality, null, null, null);

    private static string[] Fields(JsonElement value) => [.. value.EnumerateObject().Select(property => property.Name)];
}
