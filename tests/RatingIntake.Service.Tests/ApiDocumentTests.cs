using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class ApiDocumentTests(IntakeMesh mesh)
{
    [Fact]
    public async Task Every_operation_is_described_and_every_body_and_answer_has_an_example()
    {
        var document = await ReadAsync();
        Assert.True(document.Operations.Count >= 18, $"{document.Operations.Count} operations");
        Assert.All(document.Operations, pair => Assert.True(pair.Operation.TryGetProperty("summary", out _), pair.Name));
        Assert.Empty(document.WithoutExample);
    }

    [Fact]
    public async Task An_example_is_what_the_service_takes()
    {
        var example = (await ReadAsync()).Example(nameof(OpenStudyRequest));
        var request = example.Deserialize<OpenStudyRequest>(ContractJson.Options)! with { Study = "from-the-api-document" };
        var changed = await mesh.As("owner", "olga", "org-admin").OkAsync<StudyChanged>("studies", request);
        Assert.Equal(("from-the-api-document", 1L), (changed.Study, changed.Version));
    }

    private async Task<ApiDocument> ReadAsync()
    {
        using var http = new HttpClient { BaseAddress = mesh.Address };
        return new ApiDocument(JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json")).RootElement);
    }
}
