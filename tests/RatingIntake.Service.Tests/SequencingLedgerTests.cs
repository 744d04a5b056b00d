using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.RatingIntake.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class SequencingLedgerTests(IntakeMesh mesh)
{
    [Fact]
    public async Task Two_intake_processes_keep_one_dense_ledger_of_all_that_either_accepted()
    {
        var study = await mesh.StudyAsync();
        var second = await mesh.Mesh.StartInstanceAsync(MeshService.RatingIntake);
        Uri[] addresses = [mesh.Address, second.Address];
        // Every rater writes through both processes, so both meet each other's versions.
        var accepted = await Task.WhenAll(Enumerable.Range(0, 16).Select(async rater =>
        {
            var events = new List<Guid>();
            for (var n = 0; n < 10; n++)
            {
                var client = mesh.At(addresses[n % 2], "lab-a", $"rater-{rater}", "rater");
                var receipt = await client.OkAsync<RatingsReceipt>(
                    $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: n / 100m)]));
                events.Add(receipt.EventId!.Value);
            }

            return events;
        }));
        await second.Process.StopAsync();

        var reader = mesh.As("", "");
        var head = await reader.WaitForSizeAsync(study, 163);
        var page = await reader.GetAsync<LedgerPage>($"ledger/{study}/entries");
        var leaves = page.Entries.Skip(3).Select(entry => Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf))).ToArray();
        Assert.Equal(163, head.Size);
        Assert.Equal(accepted.SelectMany(events => events).Order(), leaves.Select(leaf => leaf.EventId).Order());
        Assert.Equal(leaves.Select(leaf => leaf.SequencedAt).Order(StringComparer.Ordinal), leaves.Select(leaf => leaf.SequencedAt));
        Assert.Equal(head.Root, page.Head.Root);
    }

    [Fact]
    public async Task Every_earlier_head_is_the_root_of_its_prefix()
    {
        var study = await mesh.StudyAsync();
        var ann = mesh.As("lab-a", "ann", "rater");
        for (var n = 0; n < 9; n++)
            await ann.OkAsync<RatingsReceipt>($"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: n / 10m)]));
        await ann.WaitForSizeAsync(study, 12);
        var page = await ann.GetAsync<LedgerPage>($"ledger/{study}/entries");
        var range = new CompactRange();
        foreach (var entry in page.Entries)
        {
            range.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
            var head = await ann.GetAsync<TreeHead>($"ledger/{study}?size={range.Size}");
            Assert.Equal(Convert.ToHexStringLower(range.Root()), head.Root);
        }
    }
}
