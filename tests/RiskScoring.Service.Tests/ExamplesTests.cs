using System.Runtime.CompilerServices;
using AlignmentMesh.MatrixAggregation.Service.Tests;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>The examples of the OpenAPI document are answers of the running service. MESH_APPROVE=1 writes them anew.</summary>
[Collection(OnRealServers.Name)]
public sealed class ExamplesTests(OneHost one) : IClassFixture<OneHost>
{
    [Fact]
    public async Task Every_operation_is_described_every_body_and_answer_has_an_example_and_it_is_what_the_service_answers()
    {
        using var caller = OperatingTests.As(one, "operator");
        var run = await ExampleRun.StartAsync(one, caller);
        await ExampleAnswers.HoldAsync(run.AnswersAsync(), run.DocumentAsync, RiskExamples.Answers, Folder());
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../services/RiskScoring/RiskScoring.Service/Examples");
}
