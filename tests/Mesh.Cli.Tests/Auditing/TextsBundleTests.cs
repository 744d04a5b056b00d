using System.Text;
using System.Text.RegularExpressions;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Auditing;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary><c>mesh audit export --texts</c>: what the ledger's hashes stand for, and which of them stand for nothing any more.</summary>
public sealed class TextsBundleTests()
    : ExportOptionTest("--texts", BundleFormat.Texts, "It has texts that may have to be erased", "texts")
{
    /// <summary>Entries 4 to 7 name five texts, of which entry 8 erases one; entry 11 is of a second round and names a sixth.</summary>
    private protected override async Task<FakeMesh> StartAsync()
    {
        var mesh = await FakeMesh.StartAsync();
        Rate(mesh, "r-1", 1, "one", "a title");
        Rate(mesh, "r-2", 1, "two");
        Rate(mesh, "r-1", 1, "two", "another title");
        Rate(mesh, "r-3", 1, "four");
        mesh.Texts.Erase(mesh.Texts.Keep("two"));
        mesh.Ledger.Append(new RoundClosed(1));
        mesh.Ledger.Append(new RoundOpened(2, "open"));
        Rate(mesh, "r-1", 2, "of round 2");
        return mesh;
    }

    [Fact]
    public async Task Texts_are_held_against_their_hashes_counted_and_change_nothing_else_of_the_bundle()
    {
        var added = await RequireOnlyAddsAsync();
        var texts = Regex.Matches(added, "(?<=\"text\":\")[^\"]*").Select(match => match.Value);
        Assert.Equal(["one", "a title", "another title", "four", "of round 2"], texts);

        Assert.Equal((0, "ok 5: 5 match their hashes, 1 erased, each by an entry that says why"), await TextsAsync(Bundle));
        Assert.Equal((0, "absent 0: not in this bundle"), await TextsAsync(Plain));
    }

    [Theory]
    [InlineData("(?<=\"text\":\")four", "five", "the text that entry 7 names by [0-9a-f]{64} is another one: it or its salt was changed")]
    [InlineData("(?<=\"salt\":\")[A-Za-z0-9]", "+", "the text that entry 4 names by [0-9a-f]{64} is another one")]
    [InlineData("(?<=\"salt\":\")[^\"]*", "AAAA", "the text that entry 4 names by")]
    [InlineData("(?<=\"salt\":\")[^\"]*", "no base64", "the text that entry 4 names by")]
    [InlineData("(?m)^.*\"four\".*\n", "", "entry 7 names the text [0-9a-f]{64}, which is missing, and no entry erased it")]
    [InlineData("(?s).*", "", "entry 4 names the text")]
    [InlineData("(?<=\"hash\":\")[0-9a-f]{4}", "zzzz", "line 1 of texts.ndjson has the hash zzzz[0-9a-f]{60}, which no open entry names")]
    [InlineData("^(.*\n)(.*\n)", "$2$1", "line 2 of texts.ndjson has the hash")]
    [InlineData("^(.*\n)", "$1$1", "line 2 of texts.ndjson has the hash")]
    [InlineData("^(.*\n)(.*\n)", "$1$2$1", "line 3 of texts.ndjson has the hash")]
    public async Task A_changed_text_is_named_and_no_number_depends_on_it(string pattern, string replacement, string difference)
    {
        await ExportAsync(Bundle, "--texts");
        await Repacking.ChangeAsync(Bundle, BundleFormat.Texts, before => new Regex(pattern).Replace(before, replacement, 1));
        var ran = await Mesh.RunAsync("audit", "verify", Bundle, "--json");
        Assert.Equal(1, ran.Code);
        Assert.Matches(difference, ran.Json.GetProperty("firstDifference").GetString()!);
        var states = ran.Json.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("check").GetString()!, check => check.GetProperty("state").GetString());
        Assert.Equal(("FAILED", "ok", "ok", "ok"), (states["texts"], states["root"], states["matrix"], states["risk"]));
    }

    [Theory]
    [InlineData("""{"hash":"a","text":"b","salt":"c","and":1}""")]
    [InlineData("""{"hash":"a","text":"b","text":"b","salt":"c"}""")]
    [InlineData("""{"hash":"a","text":null,"salt":"c"}""")]
    [InlineData("""{"hash":"a","text":"\ud800","salt":"c"}""")]
    public async Task A_line_that_is_no_text_makes_the_file_no_bundle(string line)
    {
        await ExportAsync(Bundle, "--texts");
        await Repacking.ChangeAsync(Bundle, BundleFormat.Texts, before => line + "\n" + before);
        var ran = await Mesh.RunAsync("audit", "verify", Bundle);
        Assert.Equal(65, ran.Code);
        Assert.Contains("line 1 of texts.ndjson is not as expected", ran.Error);
    }

    [Fact]
    public async Task Texts_that_would_fill_the_memory_are_refused_before_they_are_read()
    {
        await ExportAsync(Bundle);
        var files = Repacking.Files(Bundle).Select(file => (file.Key, Encoding.UTF8.GetBytes(file.Value)));
        Repacking.WriteRaw(Bundle, [.. files, (BundleFormat.Texts, new byte[100 * 1024 * 1024])]);
        var ran = await Mesh.RunAsync("audit", "verify", Bundle);
        Assert.Equal(65, ran.Code);
        Assert.Contains("the file texts.ndjson claims 104857600 bytes from", ran.Error);
    }

    [Fact]
    public async Task A_text_that_was_lost_and_not_erased_fails_and_an_erased_one_that_is_there_is_noted()
    {
        var hash = Audited.Texts.Keep("four");
        await ExportAsync(Bundle, "--texts");
        Audited.Texts.Lose(hash);
        var lost = Path.Combine(Folder, "lost.zip");
        Assert.Equal(0, (await ExportAsync(lost, "--texts")).Code);
        var (code, said) = await TextsAsync(lost);
        Assert.Equal((1, $"FAILED 0: entry 7 names the text {hash}, which is missing, and no entry erased it"), (code, said));

        Audited.Texts.Erase(Audited.Texts.Keep("four"));
        Assert.Equal(0, (await ExportAsync(lost, "--texts", "--force")).Code);
        Assert.Equal((0, "ok 4: 4 match their hashes, 2 erased, each by an entry that says why"), await TextsAsync(lost));
        var (kept, later) = (Repacking.Files(Bundle)[BundleFormat.Texts], Repacking.Files(lost));
        later[BundleFormat.Texts] = kept;
        await Repacking.WriteAsync(lost, later);
        var ran = await Mesh.RunAsync("audit", "verify", lost);
        Assert.True(ran.Code == 0, ran.Out);
        Assert.Contains("Note: Entry 12: erased but still given: 1 of its texts are in this bundle.", ran.Out);
    }

    [Fact]
    public async Task A_size_before_the_entry_that_erased_a_text_cannot_be_exported_with_texts()
    {
        var ran = await ExportAsync(Bundle, "--texts", "--size", "8");
        Assert.Equal(1, ran.Code);
        Assert.Matches("A text of entry 5 was erased by event [0-9a-f-]{36}, whose entry is beyond this bundle's end", ran.Error);
        Assert.Empty(Directory.GetFiles(Folder));
        Assert.Equal(0, (await ExportAsync(Bundle, "--size", "8")).Code);
        Assert.Equal(0, (await ExportAsync(Bundle, "--texts", "--size", "9", "--force")).Code);
        Assert.Equal((0, "ok 4: 4 match their hashes, 1 erased, each by an entry that says why"), await TextsAsync(Bundle));
    }

    [Fact]
    public async Task Texts_of_a_blind_round_are_none_before_it_closes()
    {
        Audited.Ledger.Append(new RoundClosed(2));
        Audited.Ledger.Append(new RoundOpened(3, "blind"));
        Rate(Audited, "r-1", 3, "secret");
        await ExportAsync(Bundle, "--texts");
        Assert.DoesNotContain("secret", Repacking.Files(Bundle)[BundleFormat.Texts], StringComparison.Ordinal);
        Assert.Equal((0, "ok 5: 5 match their hashes, 1 erased, each by an entry that says why"), await TextsAsync(Bundle));
        var sealedText = $$"""{"hash":"{{Audited.Texts.Keep("secret")}}","text":"secret","salt":"AAAA"}""";
        await Repacking.ChangeAsync(Bundle, BundleFormat.Texts, before => before + sealedText + "\n");
        Assert.Contains("FAILED 0: line 6 of texts.ndjson has the hash", (await TextsAsync(Bundle)).Check);
    }

    private static void Rate(FakeMesh mesh, string rater, int round, string rationale, string? title = null)
    {
        var reasoned = new RatedItem("RLHF", "COLL", Best: "0.2", RationaleHash: mesh.Texts.Keep(rationale));
        if (title is not null)
            reasoned = reasoned with { Evidence = [new("https://example.org"), new("https://example.org/2", mesh.Texts.Keep(title))] };
        RatedItem[] items = [reasoned, new("Debate", "COLL", Best: "0.3")];
        mesh.Ledger.Append(new RatingsSubmitted(round, round == 3, "human", items), "lab-a", rater);
    }

    private static async Task<(int Code, string Check)> TextsAsync(string path)
    {
        var (ran, check) = await CheckAsync(path, "texts");
        return (ran.Code, $"{check.GetProperty("state")} {check.GetProperty("count")}: {check.GetProperty("detail")}");
    }
}
