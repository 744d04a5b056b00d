using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary><c>mesh audit replay STUDY</c>: fetches the entries, recomputes matrix and risk here, and compares.</summary>
internal static class ReplayCommand
{
    public static Command Create(Shell shell)
    {
        var (study, version, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Json());
        version.Description = "Replay one version, published or not (default: every published one)";
        var time = new Option<string?>("--time") { Description = "Replay the version of an instant, RFC 3339", HelpName = "TIME" };
        var round = new Option<int?>("--round") { Description = "Replay the version just after a round was closed", HelpName = "N" };
        var policy = AuditOptions.Policy("or everything stays unwitnessed");
        var command = new Command("replay", "Recompute published matrices and risk reports from the ledger, here, and compare")
        {
            study, version, time, round, policy, json,
        };
        command.Validators.Add(result =>
        {
            if (new Option[] { version, time, round }.Count(one => result.GetResult(one) is not null) > 1)
                result.AddError("Allowed is one of --version, --time and --round, or none.");
        });
        command.SetAction(async (parsed, ct) =>
        {
            var published = new ReaderClients(shell).Study(parsed.GetRequiredValue(study));
            var (at, after) = (parsed.GetValue(time), parsed.GetValue(round));
            var one = parsed.GetValue(version) ?? (at is null && after is null ? null : await published.VersionAtAsync(at, after, ct));
            var known = await AuditOptions.ReadPolicyAsync(shell, parsed.GetValue(policy), ct);
            var report = await new StudyReplay(shell, published, known).RunAsync(one, ct);
            AuditSheet.Write(shell, report, parsed.GetValue(json));
            return report.Verified ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}

/// <summary>One replay against a running mesh.</summary>
internal sealed class StudyReplay(Shell shell, PublishedStudy published, WitnessPolicy? policy)
{
    private readonly AuditLog _log = new([BundlePass.Entries, ReplayComparison.Matrix, ReplayComparison.Risk]);

    /// <param name="one">The one version to replay, or null for every published one.</param>
    public async Task<AuditReport> RunAsync(long? one, CancellationToken ct)
    {
        var size = one ?? await VerifiedLedger.SizeAsync(published, ct);
        var versions = one is null ? await published.VersionsAsync(size, ct) : [await PublishedAsync(one.Value, ct)];
        var reports = (await published.RiskVersionsAsync(size, ct)).ToDictionary(report => report.Version);
        var byVersion = versions.ToDictionary(version => version.Version);
        ReplayComparison? comparison = null;
        VerifiedLedger? ledger = null;
        AuditFailedException? failure = null;
        try
        {
            ledger = await VerifiedLedger.FetchAsync(shell, published, size, policy, ct, async replay =>
            {
                comparison ??= new ReplayComparison(replay);
                if (byVersion.GetValueOrDefault(replay.Size) is { } version)
                    await CompareAsync(comparison, replay, version, reports.GetValueOrDefault(replay.Size), replay.Size == size, ct);
            });
            _log.Ok(BundlePass.Entries, ledger.Size, $"{ledger.Size} as their leaves commit to; {ledger.RootInWords}");
            _log.Ok(ReplayComparison.Matrix, comparison!.Versions.Compared, comparison.Versions.InWords("versions"));
            _log.Ok(ReplayComparison.Risk, comparison.Reports.Compared, comparison.Reports.InWords("stored reports"));
        }
        catch (AuditFailedException failed)
        {
            _log.Failed(failure = failed);
        }

        var seen = ledger?.Checkpoint?.Seen;
        return new AuditReport(
            published.Study, size, ledger?.Replay.Root, failure is null, seen is { Log: not null },
            seen is { Log: not null, HasQuorum: true, Witnesses.Count: > 0 }, failure?.Message, _log.Checks, _log.Notes);
    }

    // Numbers are fetched of the last version, and where a digest alone does not tell.
    private async Task CompareAsync(
        ReplayComparison comparison, LedgerReplay replay, MatrixVersion version, RiskVersion? scored, bool isLast, CancellationToken ct)
    {
        var inFull = isLast || version.Digest != replay.Matrix().Digest;
        comparison.Compare(version, inFull ? await published.MatrixAsync(version.Version, ct) : null);
        if (scored is null) return;
        var numbers = new List<RiskReport>();
        foreach (var lens in inFull ? scored.Digests.Keys.Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
            numbers.Add(await published.ReportAsync(scored.Version, lens, ct));
        comparison.Compare(scored, version.Digest, numbers);
    }

    private async Task<MatrixVersion> PublishedAsync(long version, CancellationToken ct)
    {
        var matrix = await published.MatrixAsync(version, ct);
        return new MatrixVersion(matrix.Version, matrix.AsOf, matrix.Root, matrix.Digest!, 0);
    }
}
