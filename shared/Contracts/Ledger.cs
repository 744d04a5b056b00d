namespace AlignmentMesh.Contracts;

/// <summary>
/// A run of consecutive ledger entries of one study, and the signed tree head after the last of them. The same shape
/// travels in <see cref="LedgerExtended"/> and in the feed, so a consumer has one code path for both.
/// </summary>
/// <param name="From">Index of the first entry; the page holds [From, Head.Size).</param>
public sealed record LedgerPage(string Study, long From, IReadOnlyList<LedgerEntry> Entries, TreeHead Head);

/// <summary>The size of a study's ledger and the RFC 6962 root over its first <paramref name="Size"/> leaves.</summary>
/// <param name="Root">64 hex digits.</param>
/// <param name="Signature">Base64 ECDSA P-256 signature of intake's page key over the head's canonical JSON.</param>
public sealed record TreeHead(string Study, long Size, string Root, string Signature);

/// <param name="Leaf">Canonical JSON <c>{"c":commitment,"id":event id,"t":sequenced at,"v":1}</c>, the bytes that are hashed.</param>
/// <param name="Opening">Null while the entry belongs to a blind round that has not closed.</param>
/// <param name="Traceparent">W3C trace context of the request that caused the entry.</param>
public sealed record LedgerEntry(long Index, string Leaf, LedgerOpening? Opening, string? Traceparent);

/// <summary>What a commitment commits to: commitment = HMAC-SHA256(salt, envelope).</summary>
/// <param name="Salt">Base64 of 32 bytes.</param>
/// <param name="Envelope">Canonical JSON with study, stream, version, type, schema, organisation, rater, round, recordedAt, data.</param>
public sealed record LedgerOpening(long Index, string Salt, string Envelope);

/// <summary>Openings of one closed round, in ledger order.</summary>
/// <param name="Next">Index to ask from for the next page, or null at the end.</param>
public sealed record LedgerOpenings(string Study, int Round, IReadOnlyList<LedgerOpening> Openings, long? Next);

/// <summary>The current head of every study's ledger, which a consumer compares with what it has folded.</summary>
public sealed record LedgerHeads(IReadOnlyList<TreeHead> Heads);

/// <summary>That a leaf is in the tree over the first <paramref name="Size"/> entries (RFC 6962 section 2.1.1).</summary>
/// <param name="Leaf">As <see cref="LedgerEntry.Leaf"/>.</param>
/// <param name="LeafHash">64 hex digits: SHA-256(0x00 || leaf).</param>
/// <param name="Root">64 hex digits.</param>
/// <param name="Hashes">64 hex digits each, from the leaf up.</param>
public sealed record InclusionProof(
    string Study, long Index, long Size, string Leaf, string LeafHash, string Root, IReadOnlyList<string> Hashes);

/// <summary>
/// That the tree over the first <paramref name="To"/> entries begins with the one over the first <paramref name="From"/> (RFC 6962
/// section 2.1.2).
/// </summary>
/// <param name="FromRoot">64 hex digits.</param>
/// <param name="ToRoot">64 hex digits.</param>
/// <param name="Hashes">64 hex digits each; none where the sizes are equal or <paramref name="From"/> is 0.</param>
public sealed record ConsistencyProof(string Study, long From, long To, string FromRoot, string ToRoot, IReadOnlyList<string> Hashes);

/// <summary>What verifies the notes about a study's ledger, each as a C2SP "vkey": name+hex id+base64.</summary>
/// <param name="Checkpoint">Of the newest epoch; its name is the checkpoints' origin.</param>
/// <param name="Receipt">Of rating-intake's receipts.</param>
/// <param name="Witnesses">Whose cosignatures are kept.</param>
/// <param name="Earlier">Of the epochs before, oldest first.</param>
public sealed record LedgerKeys(
    string Study, string Checkpoint, string Receipt, IReadOnlyList<string> Witnesses, IReadOnlyList<string> Earlier);

/// <summary>The checkpoints that are kept of a study, by epoch and size; each can be had as a note by its size.</summary>
/// <param name="Next">Size to give as <c>after</c> for the next page, or null at the end.</param>
public sealed record CheckpointList(string Study, IReadOnlyList<KeptCheckpoint> Checkpoints, long? Next);

/// <param name="Witnesses">Names of the witnesses that have cosigned it.</param>
public sealed record KeptCheckpoint(int Epoch, long Size, IReadOnlyList<string> Witnesses);
