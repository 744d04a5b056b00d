using System.CommandLine;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>One drawn entry, for working papers.</summary>
/// <param name="Draw">From 1, in the order in which it was drawn.</param>
/// <param name="Type">Null while its round is blind and open; so are those behind it.</param>
/// <param name="LeafHash">Hex.</param>
/// <param name="Proof">Hex hashes of the inclusion proof, from the leaf up.</param>
internal sealed record SampledEntry(
    int Draw, long Index, Guid EventId, string? Type, string? Organisation, string? Rater, int? Round, string? RecordedAt,
    string SequencedAt, string Commitment, string LeafHash, IReadOnlyList<string> Proof);

/// <summary>A sample with all that is needed to draw it again.</summary>
internal sealed record DrawnSample(
    string Study, long Size, string Root, string Seed, string Method, bool Signed, IReadOnlyList<SampledEntry> Entries);

/// <summary><c>mesh audit sample STUDY --seed S</c>.</summary>
internal static class SampleCommand
{
    private const int UsualCount = 25;

    public static Command Create(Shell shell)
    {
        var study = ReadingOptions.Study();
        var seed = new Option<string>("--seed")
        {
            Description = "Text that the auditor chooses after the ledger is signed; the same one draws the same sample",
            HelpName = "TEXT",
            Required = true,
        };
        var count = new Option<int>("--count") { Description = "Entries to draw", HelpName = "N", DefaultValueFactory = _ => UsualCount };
        var size = new Option<long?>("--size") { Description = "Draw from the first N entries (default: those of the newest checkpoint)" };
        var policy = AuditOptions.Policy("or the sample is drawn from a root that nobody you named signed");
        var format = ReadingOptions.Format("for reading", "for working papers");
        var command = new Command("sample", "Draw a random sample of entries that anybody can draw again, each with its proof")
        {
            study, seed, count, size, policy, format,
        };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(count) < 1) throw CommandException.BadUsage($"--count is {parsed.GetValue(count)}; allowed: 1 or more.");
            var published = new ReaderClients(shell).Study(parsed.GetRequiredValue(study));
            var known = await AuditOptions.ReadPolicyAsync(shell, parsed.GetValue(policy), ct);
            var ledger = await VerifiedLedger.FetchAsync(
                shell, published, parsed.GetValue(size) ?? await VerifiedLedger.SizeAsync(published, ct), known, ct);
            var sample = await DrawAsync(published, ledger, parsed.GetRequiredValue(seed), parsed.GetValue(count), ct);
            Write(shell, sample, ledger.RootInWords, parsed.GetRequiredValue(format));
        });
        return command;
    }

    private static async Task<DrawnSample> DrawAsync(
        PublishedStudy published, VerifiedLedger ledger, string seed, int count, CancellationToken ct)
    {
        var root = ledger.Tree.Root(ledger.Size);
        var entries = new List<SampledEntry>();
        foreach (var index in LedgerSample.Draw(root, seed, ledger.Size, count))
            entries.Add(Sampled(entries.Count + 1, await ledger.EntryAsync(published, index, ct), ledger));
        return new(
            published.Study, ledger.Size, ledger.Replay.Root, seed, LedgerSample.Method, ledger.Checkpoint?.Seen is { Log: not null },
            entries);
    }

    private static SampledEntry Sampled(int draw, LedgerEntry entry, VerifiedLedger ledger)
    {
        var leaf = Leaf.Parse(Encoding.UTF8.GetBytes(entry.Leaf));
        var said = entry.Opening is { } opening ? Envelope.Parse(Encoding.UTF8.GetBytes(opening.Envelope)) : null;
        return new(
            draw, entry.Index, leaf.EventId, said?.Type, said?.Organisation, said?.Rater, said?.Round, said?.RecordedAt, leaf.SequencedAt,
            leaf.Commitment, Convert.ToHexStringLower(ledger.Tree.LeafHash(entry.Index)), ledger.Proof(entry.Index));
    }

    private static void Write(Shell shell, DrawnSample sample, string root, string format)
    {
        if (format is not (ReadingOptions.Table or ReadingOptions.Csv))
        {
            shell.WriteJson(sample);
            return;
        }

        var sheet = Sheet.Build($"{sample.Study}: {sample.Entries.Count} of {sample.Size} entries", sample.Entries,
        [
            new("draw", (one, _) => Show.Count(one.Draw)),
            new("index", (one, _) => Show.Count(one.Index)),
            new("event", (one, _) => one.EventId.ToString()),
            new("type", (one, _) => one.Type ?? "sealed"),
            new("organisation", (one, _) => one.Organisation ?? Show.Nothing),
            new("rater", (one, _) => one.Rater ?? Show.Nothing),
            new("round", (one, _) => one.Round is { } round ? Show.Count(round) : Show.Nothing),
            new("recorded", (one, _) => one.RecordedAt ?? Show.Nothing),
            new("sequenced", (one, _) => one.SequencedAt),
            new("leaf", (one, _) => one.LeafHash),
        ]);
        if (format == ReadingOptions.Csv)
            sheet.WriteCsv(shell.Out);
        else
            sheet.Write(shell);
        shell.Say($"Drawn with seed '{sample.Seed}' ({sample.Method}) from {root}.");
    }
}
