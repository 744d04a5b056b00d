using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Samples;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class StudyLoaderTests
{
    [Fact]
    public async Task Every_step_is_one_request_by_whom_it_may_be_asked_and_loading_again_repeats_the_same_keys()
    {
        await using var intake = await FakeService.StartAsync(Accept);
        await LoadAsync(intake, ExampleStudy.Study);
        await LoadAsync(intake, ExampleStudy.Study);
        var asked = intake.Requests.ToArray();
        var once = ExampleStudy.Study.Steps.Count + 1;
        Assert.Equal(2 * once, asked.Length);
        Assert.Equal(asked[..once].Select(one => (one.Path, one.Key)), asked[once..].Select(one => (one.Path, one.Key)));
        Assert.Equal(once, asked.Select(one => one.Key).Distinct().Count());
        Assert.Equal("Bearer org-admin alignmentmesh-samples alignmentmesh-samples", asked[0].Authorization);
        var sheets = asked[..once].Where(one => one.Path.EndsWith("/ratings", StringComparison.Ordinal)).ToArray();
        Assert.All(sheets, sheet => Assert.StartsWith("Bearer rater ", sheet.Authorization));
        Assert.Equal(25, sheets.Length);
    }

    [Fact]
    public async Task A_mesh_that_has_the_samples_is_left_alone()
    {
        var heads = new LedgerHeads([.. SampleStudies.All.Select(study => new TreeHead(study.Id, study.Steps.Count + 1, "", ""))]);
        await using var intake = await FakeService.StartAsync(_ => new Answer(200, JsonSerializer.Serialize(heads, ContractJson.Options)));
        Assert.Empty(await LoadMissingAsync(intake));
        Assert.All(intake.Requests, asked => Assert.Equal("GET", asked.Method));
    }

    [Fact]
    public async Task A_mesh_that_has_one_of_the_samples_gets_the_other()
    {
        var heads = new LedgerHeads([new TreeHead(PaperStudy.Id, PaperStudy.Study.Steps.Count + 1, "", "")]);
        await using var intake = await FakeService.StartAsync(asked =>
            asked.Method == "GET" ? new Answer(200, JsonSerializer.Serialize(heads, ContractJson.Options)) : Accept(asked));
        Assert.Equal(["example"], await LoadMissingAsync(intake));
    }

    [Fact]
    public async Task A_refused_row_is_named_by_its_place_in_the_users_file()
    {
        var refused = new ImportResult(false, false, 0, 1, [new ImportError(3, "best", "too-many-digits", "best is too long.")], []);
        await using var intake = await FakeService.StartAsync(asked => asked.Path.EndsWith("ratings:import", StringComparison.Ordinal)
            ? new Answer(200, JsonSerializer.Serialize(refused, ContractJson.Options))
            : Accept(asked));
        var study = PaperStudy.Study with { Steps = [new SampleStep.Import("o", "rater\na\nb\n", [7, 12])] };
        var failure = await Assert.ThrowsAsync<CommandException>(() => LoadAsync(intake, study));
        Assert.Equal(65, failure.ExitCode);
        Assert.Equal("row 12, best: best is too long.", Assert.Single(failure.Details));
    }

    private static async Task LoadAsync(FakeService intake, SampleStudy study)
    {
        using var http = new HttpClient();
        var client = new ServiceClient(http, Peer.Intake, new Uri(intake.Url + "/"), null, TimeProvider.System);
        var loader = new StudyLoader(client, holder => $"{holder.Roles[0]} {holder.Organisation} {holder.Subject}");
        await loader.LoadAsync(study, CancellationToken.None);
    }

    private static Task<IReadOnlyList<string>> LoadMissingAsync(FakeService intake) => SampleStudies.LoadMissingAsync(
        new Uri(intake.Url + "/"), holder => holder.Subject, TimeProvider.System, CancellationToken.None);

    private static Answer Accept(Asked asked)
    {
        var id = new Guid(1, 0, 0, new byte[8]);
        return asked.Path.Contains("/ratings", StringComparison.Ordinal)
            ? new Answer(201, JsonSerializer.Serialize(new RatingsReceipt("s", "o", "r", 1, id, "c", 1, 1), ContractJson.Options))
            : new Answer(201, JsonSerializer.Serialize(new StudyChanged("s", id, "c", 1), ContractJson.Options));
    }
}
