namespace AlignmentMesh.Contracts;

/// <summary>One action of an operator, as the service that took it recorded it. Ids, sizes and reasons, never ratings.</summary>
/// <param name="At">RFC 3339 UTC with microseconds.</param>
/// <param name="Issuer">Who vouches for the subject.</param>
/// <param name="Outcome"><c>started</c> until it ended: a process that was killed meanwhile leaves it so.</param>
public sealed record OperationRecord(
    Guid Id, string At, string Issuer, string Subject, string Action, IReadOnlyDictionary<string, string> Arguments, bool DryRun,
    string Outcome);

/// <summary>Newest first.</summary>
/// <param name="Next">Id to give as <c>before</c> for the next page, or null at the end.</param>
public sealed record OperationLogPage(string Service, IReadOnlyList<OperationRecord> Operations, Guid? Next);

public sealed record QueueList(string Service, IReadOnlyList<QueueState> Queues);

/// <param name="Kind"><c>consumed</c>, <c>error</c> or <c>skipped</c>.</param>
/// <param name="Ready">Messages that wait; null when the broker did not say.</param>
/// <param name="Leader">Node that leads a quorum queue, empty when none does; null when the management interface is not known.</param>
/// <param name="State"><c>ok</c>, <c>none-yet</c>, <c>behind</c>, <c>messages</c>, <c>unconsumed</c>, <c>missing</c>,
/// <c>leaderless</c> or <c>no-answer</c>.</param>
public sealed record QueueState(
    string Queue, string Kind, bool Declared, long? Ready, long? Consumers, string? Leader, string State, string? WhatToDo);

/// <param name="Waiting">All messages of the queue; <paramref name="Errors"/> has the oldest of them.</param>
public sealed record DeadLetterList(string Service, string Queue, long Waiting, IReadOnlyList<DeadLetter> Errors);

/// <summary>A message that a consumer failed on or did not know, without its body.</summary>
/// <param name="Id">Its message id, otherwise <c>sha256-</c> and the first digits of its body's hash.</param>
/// <param name="FailedAt">As the fault's header says it.</param>
/// <param name="From">First entry of a ledger page.</param>
/// <param name="Size">The ledger size after a page, or a matrix version.</param>
/// <param name="Deliveries">How often it was delivered again.</param>
/// <param name="Replays">How often operators have replayed it.</param>
/// <param name="Headers">In the answer for one message only.</param>
public sealed record DeadLetter(
    string Id, string Queue, string? MessageType, string? ExceptionType, string? FailedAt, string? Study, long? From, long? Size,
    long Bytes, long Deliveries, long Replays, IReadOnlyDictionary<string, string>? Headers);

/// <param name="Id">One message; null for all.</param>
/// <param name="Kind"><c>error</c> or <c>skipped</c>.</param>
/// <param name="Limit">At most so many.</param>
public sealed record ReplayErrorsRequest(string? Id = null, string Kind = "error", int Limit = 100, bool DryRun = false);

/// <inheritdoc cref="ReplayErrorsRequest"/>
/// <param name="Reason">Why they may be thrown away; recorded in the operations log.</param>
public sealed record DiscardErrorsRequest(string Reason, string? Id = null, string Kind = "error", int Limit = 100, bool DryRun = false);

/// <param name="Ids">What was moved or thrown away, or would be.</param>
/// <param name="Left">What the queue still holds.</param>
public sealed record DeadLettersChanged(string Service, string Queue, bool DryRun, IReadOnlyList<string> Ids, long Left);

/// <param name="To">The position from which pages or versions are sent again.</param>
public sealed record RewindRequest(string Study, long To, bool DryRun = false);

public sealed record Rewound(string Service, string Study, bool DryRun, long From, long To);

public sealed record OperationRequest(bool DryRun = false);

/// <summary>How far rating-intake is with what it accepted.</summary>
/// <param name="NewestEvent">Sequence of the newest event.</param>
/// <param name="Sequenced">Sequence up to which events have their ledger entry.</param>
/// <param name="SequencerHeld">Some process holds the sequencer's lock.</param>
/// <param name="PublisherHeld">Some process holds the publisher's lock.</param>
public sealed record IntakeProgress(
    long NewestEvent, long Sequenced, bool SequencerHeld, bool PublisherHeld, IReadOnlyList<PublishedLedger> Studies);

/// <param name="Published">Entries that the broker has confirmed.</param>
public sealed record PublishedLedger(string Study, long Size, string Root, long Published);

/// <param name="FeedReachable">The last question to rating-intake was answered.</param>
/// <param name="RelayHeld">Some process holds the relay's lock.</param>
public sealed record MatrixProgress(bool FeedReachable, bool RelayHeld, IReadOnlyList<FoldedLedger> Studies);

/// <param name="Folded">Entries in memory.</param>
/// <param name="Root">Root over them.</param>
/// <param name="Version">Newest recorded version.</param>
/// <param name="Relayed">Newest version that the broker has confirmed.</param>
/// <param name="Ledger">The ledger's size as it was last heard of.</param>
public sealed record FoldedLedger(string Study, long Folded, string Root, long Version, string Digest, long Relayed, long Ledger);

/// <param name="MatrixReachable">matrix-aggregation answered; without it nothing is known beyond what is scored.</param>
public sealed record RiskProgress(bool MatrixReachable, IReadOnlyList<ScoredStudy> Studies);

/// <param name="Known">Newest version that matrix-aggregation has.</param>
/// <param name="Scored">Newest version with a report; 0 when there is none.</param>
public sealed record ScoredStudy(string Study, long Known, string KnownDigest, long Scored, string? ScoredDigest);

/// <summary>rating-intake's events against its ledger.</summary>
/// <param name="EventsWithoutEntry">At most 256 of them.</param>
/// <param name="EntriesWithoutEvent">At most 256 of them; nothing here mends these.</param>
/// <param name="Repaired">Events that got their entry.</param>
public sealed record LedgerCheck(
    bool DryRun, IReadOnlyList<Guid> EventsWithoutEntry, IReadOnlyList<Guid> EntriesWithoutEvent, int Repaired);

/// <summary>One check of all that is stored, from its start to its end.</summary>
/// <param name="StartedAt">RFC 3339 UTC with microseconds.</param>
/// <param name="Entries">Ledger entries that were looked at.</param>
/// <param name="Findings">How many things do not fit together.</param>
/// <param name="First">At most 256 of them.</param>
public sealed record LedgerCompleteness(
    string StartedAt, string? FinishedAt, long Entries, long Findings, IReadOnlyList<LedgerFinding> First);

/// <summary>Something that nothing here writes: the database was changed behind the services. Nothing mends it by itself.</summary>
/// <param name="Kind"><c>entry-missing</c>, <c>hashes-differ</c>, <c>size-differs</c>, <c>leaf-malformed</c>,
/// <c>leaf-of-another-event</c>, <c>opening-differs</c>, <c>event-missing</c>, <c>event-changed</c>, <c>event-unreadable</c>,
/// <c>salt-changed</c>, <c>release-changed</c> or <c>event-without-entry</c>.</param>
public sealed record LedgerFinding(string? Study, long? Index, Guid? EventId, string Kind, string What);

public sealed record StudiesPulled(string Service, bool DryRun, IReadOnlyList<PulledStudy> Studies);

/// <summary>A study that was behind.</summary>
/// <param name="Target">Where it should be.</param>
/// <param name="After">Where it is now; in a dry run where it was.</param>
public sealed record PulledStudy(string Study, long Before, long Target, long After);

/// <param name="Force">Replace what is stored even if it is equal.</param>
public sealed record RebuildRequest(bool DryRun = false, bool Force = false);

/// <summary>One line of a rebuild's progress; the last one has a <paramref name="State"/> other than <c>folding</c>.</summary>
/// <param name="State"><c>folding</c>, <c>equal</c>, <c>different</c> (nothing was changed), <c>replaced</c> or <c>failed</c>.</param>
/// <param name="Entries">Entries folded from the ledger so far.</param>
/// <param name="Until">Entries to fold.</param>
/// <param name="Versions">Recorded versions that were compared.</param>
/// <param name="DifferentEntries">Stored entries that are not the ledger's.</param>
/// <param name="DifferentVersions">Recorded versions that are not what the ledger gives.</param>
/// <param name="FirstDifference">Where they differ first.</param>
/// <param name="Detail">Why it failed.</param>
public sealed record RebuildLine(
    string Study, string State, long Entries, long Until, long Versions, double Seconds, double EntriesPerSecond, long DifferentEntries,
    long DifferentVersions, string? FirstDifference, string? Root, string? Digest, string? Detail);
