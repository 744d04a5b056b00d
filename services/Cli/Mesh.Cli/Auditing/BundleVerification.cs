using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>
/// Verifies a bundle in one pass, from its bytes alone: manifest, checkpoint, policy, entries, root, consistency, and both arrows from
/// the entries to matrix and risk.
/// </summary>
/// <param name="progress">Gets every number of entries that are done.</param>
internal sealed class BundleVerification(Bundle bundle, Trusted trusted, Action<long>? progress = null)
{
    private const string Manifest = "manifest";
    private const string Methods = "methods";
    private const int ProgressEvery = 1024;

    private readonly BundleManifest _manifest = BundleManifest.Of(bundle);
    private readonly AuditLog _log = new(
    [
        Manifest, Methods, SignedCheckpoint.Check, SignedCheckpoint.Witnesses, BundlePass.Entries, CheckpointChecks.Earlier,
        CheckpointChecks.Root, ReplayComparison.Matrix, ReplayComparison.Risk, BundleTexts.Check,
    ]);

    /// <exception cref="NotABundleException">A part of it cannot be read.</exception>
    public AuditReport Run(CancellationToken ct)
    {
        var replay = new LedgerReplay(_manifest.Study);
        CheckpointChecks? checkpoints = null;
        AuditFailedException? failure = null;
        try
        {
            RequireListed();
            CheckMethods();
            checkpoints = new CheckpointChecks(bundle, _manifest, trusted, _log);
            using (var pass = new BundlePass(bundle, _manifest, replay)) Pass(pass, replay, checkpoints, ct);
            CheckManifest();
        }
        catch (AuditFailedException failed)
        {
            _log.Failed(failure = failed);
        }

        return new AuditReport(
            _manifest.Study, _manifest.Size, replay.Size == _manifest.Size ? replay.Root : null, failure is null,
            failure is null && checkpoints!.IsSigned, failure is null && checkpoints!.IsWitnessed, failure?.Message, _log.Checks,
            _log.Notes);
    }

    private void Pass(BundlePass pass, LedgerReplay replay, CheckpointChecks checkpoints, CancellationToken ct)
    {
        while (pass.TakeEntry())
        {
            if (replay.Size % ProgressEvery == 0)
            {
                ct.ThrowIfCancellationRequested();
                progress?.Invoke(ProgressEvery);
            }

            checkpoints.Reached(replay);
            pass.CompareVersion();
        }

        progress?.Invoke(replay.Size % ProgressEvery);
        AuditLog.Require(
            BundlePass.Entries, replay.Size == _manifest.Size,
            $"the bundle has {replay.Size} entries, its manifest says {_manifest.Size}");
        _log.Ok(BundlePass.Entries, replay.Size, pass.EntriesInWords());
        checkpoints.Ended(replay);
        pass.RequireEnd();
        var (versions, reports) = (pass.Comparison.Versions, pass.Comparison.Reports);
        _log.Ok(ReplayComparison.Matrix, versions.Compared, versions.InWords("published versions"));
        _log.Ok(ReplayComparison.Risk, reports.Compared, reports.InWords("stored reports"));
        _log.Notes.AddRange(pass.Notes());
        pass.EndTexts(_log);
    }

    /// <summary>The archive has the manifest's files and no others; their bytes are compared when all were read.</summary>
    private void RequireListed()
    {
        var listed = _manifest.Files.Select(file => file.Path).Append(BundleFormat.Manifest).ToArray();
        var held = bundle.Files.Select(file => file.Name).ToArray();
        AuditLog.Require(Manifest, listed.Distinct().Count() == listed.Length, "the manifest lists a file twice");
        foreach (var file in held.Except(listed)) throw new AuditFailedException(Manifest, $"the manifest does not list {file}");
        foreach (var file in listed.Except(held))
            throw new AuditFailedException(Manifest, $"the manifest lists {file}, which is not there");
        if (bundle.Has(BundleFormat.Policy)) bundle.ReadAll(BundleFormat.Policy);
    }

    private void CheckManifest()
    {
        foreach (var file in _manifest.Files)
            AuditLog.Require(Manifest, bundle.Seen(file.Path) == file, $"{file.Path} is not the file that the manifest lists");
        _log.Ok(
            Manifest, _manifest.Files.Count,
            $"{_manifest.Files.Count} files, {_manifest.Files.Sum(file => file.Bytes)} bytes, every one as listed");
    }

    private void CheckMethods()
    {
        var card = BundleJson.Read<MethodCard>(bundle.ReadAll(BundleFormat.Methods), BundleFormat.Methods);
        var difference = MethodCard.Own.Difference(card);
        AuditLog.Require(Methods, difference is null, $"this program computes otherwise: {difference}");
        _log.Ok(Methods, card.Lenses.Count + 1, $"{string.Join(", ", card.Lenses)}; {card.RiskMethod}");
    }
}
