using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Service.Tests;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>
/// Bundles of small histories, as the version of their time wrote them, that must verify for ever: a stored event stays readable, and
/// a new method never changes an old number. They are added to and never replaced; MESH_APPROVE=1 writes one that is missing.
/// </summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task The_history_of_every_event_of_schema_1_verifies_for_ever()
    {
        var path = PathOf("every-event-schema-1.zip");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("MESH_APPROVE") == "1") await WriteAsync(path);
        var ran = await Mesh.RunAsync("audit", "verify", path, "--json");
        Assert.True(ran.Code == 0, ran.Out + ran.Error);
        var checks = ran.Json.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("check").GetString()!, check => check.GetProperty("detail").GetString()!);
        // The platform that wrote it; others may round a last digit otherwise.
        var exactly = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ", all to the last bit" : "";
        Assert.Contains($"31 published versions reproduced{exactly}", checks["matrix"]);
        Assert.Contains($"62 stored reports reproduced{exactly}", checks["risk"]);
        Assert.Contains("1 texts and a name were erased (GDPR art. 17): asked for by the person", ran.Out);
        var types = Repacking.Files(path)["entries.ndjson"].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonSerializer.Deserialize<LedgerEntry>(line, ContractJson.Options)!)
            .Select(entry => Envelope.Parse(Encoding.UTF8.GetBytes(entry.Opening!.Envelope)).Type).ToHashSet();
        Assert.Equal(LedgerEventNames.Types.Keys.Order(), types.Order());
    }

    private static async Task WriteAsync(string path)
    {
        await using var mesh = await FakeMesh.StartAsync(study: "every-event");
        Write(mesh.Ledger);
        for (var version = 1L; version < mesh.Ledger.Size; version++) mesh.Published.Add(version);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var ran = await mesh.RunAsync("audit", "export", "every-event", "-o", path, "--full");
        Assert.True(ran.Code == 0, ran.Error);
    }

    private static void Write(StudyLedger ledger)
    {
        ledger.RatedBy(8);
        Submit("lab-a", "r-1", "human", new("RLHF", "COLL", "vulnerable", "0.8", "0.6", "0.9", "0.9"), new(null, "COLL", Best: "0.2"));
        Submit("lab-b", "r-2", "human", new("Debate", "COLL", "resistant"), new("RLHF", null, Best: "0.15"));
        Submit("lab-b", "r-3", "ai", new RatedItem("RLHF", "COLL", Best: "0.95"));
        ledger.Append(new RatingsWithdrawn(1, false, [new("RLHF", "COLL")]), "lab-a", "r-1");
        ledger.Append(new CatalogueChanged("technique", "RLHF", "RLHF", "Wording only.", false, "a typing error"));
        ledger.Append(new CatalogueChanged("failure-mode", "COLL", "Collusion", "Another meaning.", true, "it was too wide"));
        ledger.Append(new AggregationPolicyChanged(new AggregationConstants(Rho: "0.3", Nu: 4), "colleagues err apart"));
        ledger.Rate("lab-a", "r-1", "0.4");
        ledger.Append(new RoundClosed(1));
        ledger.Append(new LedgerRestored(2, 21, "00", 25, "the disk failed", "m-1"));
        ledger.Append(new RestoreConfirmed(2, "m-2"));
        ledger.Append(new PersonalDataErased([new string('a', 64)], "r-9", "asked for by the person", "GDPR art. 17"));
        ledger.Append(new RoundOpened(2, "blind"));
        ledger.Rate("lab-a", "r-1", "0.3");
        ledger.Rate("lab-b", "r-2", "0.7");
        ledger.Append(new OrganisationRemoved("lab-b", "left the study"));
        ledger.Append(new RoundClosed(2));
        ledger.Append(new AggregationPolicyChanged(new AggregationConstants(), "back to what everybody uses"));
        ledger.Append(new StudyClosed("done"));

        void Submit(string organisation, string rater, string kind, params RatedItem[] items) =>
            ledger.Append(new RatingsSubmitted(1, false, kind, items), organisation, rater);
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../Histories", name);
}
