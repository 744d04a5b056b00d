using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>A bundle's checkpoint, who signed and cosigned it, and the earlier ones that its ledger must extend.</summary>
internal sealed class CheckpointChecks
{
    public const string Earlier = "earlier checkpoints";
    public const string Root = "root";

    private readonly AuditLog _log;
    private readonly Trusted _trusted;
    private readonly BundleManifest _manifest;
    private readonly SignedCheckpoint? _checkpoint;
    private readonly Queue<(SignedCheckpoint Signed, string Name)> _earlier;
    private readonly List<(SignedCheckpoint Signed, string Name)> _voided = [];
    private readonly List<string> _extended = [];

    /// <exception cref="AuditFailedException">A signature, a quorum or the proof in the bundle does not hold.</exception>
    public CheckpointChecks(Bundle bundle, BundleManifest manifest, Trusted trusted, AuditLog log)
    {
        (_log, _trusted, _manifest) = (log, trusted, manifest);
        if (bundle.Has(BundleFormat.Checkpoint))
            _checkpoint = SignedCheckpoint.Read(bundle.ReadAll(BundleFormat.Checkpoint), trusted.Policy, "the checkpoint");
        AuditLog.Require(
            SignedCheckpoint.Check, _checkpoint is not null || trusted.Policy is null,
            "the bundle has no checkpoint, so nothing of it is signed");
        SayCheckpoint();
        SayWitnesses();
        var earlier = new List<(SignedCheckpoint Signed, string Name)>();
        if (bundle.Has(BundleFormat.EarlierCheckpoint))
            earlier.Add(Read(bundle.ReadAll(BundleFormat.EarlierCheckpoint), "the bundle's earlier checkpoint"));
        if (trusted.Against is { } against) earlier.Add(Read(against, "your earlier checkpoint"));
        if (bundle.Has(BundleFormat.Consistency)) RequireConsistency(bundle.ReadAll(BundleFormat.Consistency));
        _earlier = new(earlier.OrderBy(one => one.Signed.Checkpoint.Size));
    }

    /// <summary>The checkpoint is signed by a log that the verifier named.</summary>
    public bool IsSigned => _checkpoint?.Seen is { Log: not null };

    /// <summary>And cosigned by as many witnesses as the verifier asks for, which is one or more.</summary>
    public bool IsWitnessed => IsSigned && _trusted.Policy is { NeedsWitnesses: true } && _checkpoint?.Seen is { HasQuorum: true };

    /// <summary>Holds the entries so far against the earlier checkpoints of just their size.</summary>
    /// <exception cref="AuditFailedException">Another history was shown then.</exception>
    public void Reached(LedgerReplay replay)
    {
        while (_earlier.TryPeek(out var next) && next.Signed.Checkpoint.Size == replay.Size) RequireExtends(replay, _earlier.Dequeue());
    }

    /// <summary>Holds all entries against checkpoint and manifest.</summary>
    /// <exception cref="AuditFailedException">They are other ones, or fewer.</exception>
    public void Ended(LedgerReplay replay)
    {
        while (_earlier.TryDequeue(out var beyond)) RequireExtends(replay, beyond);
        foreach (var (signed, name) in _voided) RequireConfirmed(replay, signed, name);
        if (_extended.Count == 0)
            _log.Absent(Earlier, 0, _trusted.Against is null ? "none given (--against) and none in the bundle" : "void");
        else
            _log.Ok(Earlier, _extended.Count, string.Join("; ", _extended));
        AuditLog.Require(
            Root, replay.Root == _manifest.Root, $"the entries have the root {replay.Root}, the manifest says {_manifest.Root}");
        if (_checkpoint is not null) RequireRoot(Root, replay, _checkpoint, "the checkpoint");
        _log.Ok(Root, 1, _checkpoint is null ? $"{replay.Root}, which nobody signed" : $"{replay.Root}, as in the checkpoint");
    }

    private (SignedCheckpoint Signed, string Name) Read(byte[] bytes, string name)
    {
        var earlier = SignedCheckpoint.Read(bytes, _trusted.Policy, name);
        AuditLog.Require(
            Earlier, _checkpoint is null || earlier.Log == _checkpoint.Log,
            $"{name} is of the log {earlier.Checkpoint.Origin}, the bundle's of {_checkpoint?.Checkpoint.Origin}");
        return (earlier, name);
    }

    private void RequireConsistency(byte[] json)
    {
        var proof = BundleJson.Read<ConsistencyProof>(json, BundleFormat.Consistency);
        AuditLog.Require(
            Earlier, Proofs.Holds(proof) && proof.To == _manifest.Size && proof.ToRoot == _manifest.Root,
            $"the consistency proof from {proof.From} to {proof.To} does not hold");
    }

    // A checkpoint from before a restore says nothing of the entries that the restore gave up.
    private void RequireExtends(LedgerReplay replay, (SignedCheckpoint Signed, string Name) earlier)
    {
        var (signed, name) = earlier;
        var size = signed.Checkpoint.Size;
        if (Voiding(replay, signed).Any())
        {
            _voided.Add(earlier);
            return;
        }

        AuditLog.Require(
            Earlier, size <= replay.Size,
            $"{name} is of {size} entries, the bundle has {replay.Size}: entries are missing, or ask for a larger --size");
        RequireRoot(Earlier, replay, signed, name);
        _extended.Add($"extends {name} at {size}");
    }

    // One round manager alone may not make a history disappear.
    private void RequireConfirmed(LedgerReplay replay, SignedCheckpoint signed, string name)
    {
        var (index, restore) = Voiding(replay, signed).FirstOrDefault(one => replay.IsConfirmed(one.Restore.Epoch));
        AuditLog.Require(
            Earlier, restore is not null,
            $"{name} at {signed.Checkpoint.Size} goes beyond a restore that no second round manager has confirmed");
        _log.Notes.Add($"{name} at {signed.Checkpoint.Size} is void by the restore that entry {index} announces.");
    }

    private static IEnumerable<(long Index, LedgerRestored Restore)> Voiding(LedgerReplay replay, SignedCheckpoint signed) =>
        replay.Restores.Where(one => one.Restore.Epoch > signed.Epoch && one.Restore.KeptSize < signed.Checkpoint.Size);

    private static void RequireRoot(string check, LedgerReplay replay, SignedCheckpoint signed, string name)
    {
        var root = Convert.ToHexStringLower(signed.Checkpoint.Root.Span);
        AuditLog.Require(
            check, signed.Checkpoint.Size == replay.Size && root == replay.Root,
            $"the first {replay.Size} entries have the root {replay.Root}, {name} at {signed.Checkpoint.Size} has {root}: "
            + "two histories were shown");
    }

    private void SayCheckpoint()
    {
        if (_checkpoint is null)
        {
            _log.Absent(SignedCheckpoint.Check, 0, "unsigned: the root is only what the exporter says");
            return;
        }

        var what = $"{_checkpoint.Checkpoint.Origin} at {_checkpoint.Checkpoint.Size}";
        AuditLog.Require(
            SignedCheckpoint.Check, _checkpoint.Checkpoint.Size == _manifest.Size,
            $"the checkpoint is {what}, the manifest says {_manifest.Size} entries");
        if (_checkpoint.Seen is { Log: { } log })
            _log.Ok(SignedCheckpoint.Check, 1, $"{what}, signed by {log}");
        else
            _log.Absent(
                SignedCheckpoint.Check, 1, $"{what} names {_checkpoint.Signers} as signers; not checked, for want of a key (--policy)");
    }

    private void SayWitnesses()
    {
        if (_trusted.Policy is not { NeedsWitnesses: true } || _checkpoint?.Seen is not { } seen)
        {
            _log.Absent(
                SignedCheckpoint.Witnesses, 0,
                _trusted.Policy is null ? "unwitnessed: no policy was given" : "unwitnessed: the policy asks for no witness");
            return;
        }

        var names = seen.Witnesses.Count == 0 ? "none" : string.Join(", ", seen.Witnesses);
        AuditLog.Require(SignedCheckpoint.Witnesses, seen.HasQuorum, $"the policy's quorum is not reached: cosigned by {names}");
        _log.Ok(SignedCheckpoint.Witnesses, seen.Witnesses.Count, $"quorum reached: {names}");
    }
}
