using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RatingIntake.Service;

/// <summary>One small study in examples of every body that rating-intake takes and gives.</summary>
internal static class IntakeExamples
{
    private const string Study = "my-study";
    private const string Commitment = "3604678af8c4fe17cdc387a8829277ac8a0d427856717654aba49dd33f8d9cec";
    private const string Root = "173d92c93ff4b2f9c107b38ee02174e31eb66ec6871478a877838fa7bd1e879b";
    private const string Signature = "MEUCIQDexampleexampleexampleexampleexampleexampleAiBexampleexampleexample=";
    private const string Salt = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static readonly Guid Event = new("0199a7c0-5d1e-7c52-9b0e-3d8f6a1b2c4d");

    private static readonly Catalogue Catalogue = new(
        [new("RLHF", "RLHF", "Reinforcement learning from human feedback."), new("Debate", "AI debate", "Two systems argue.")],
        [new("COLL", "Collusion", "Systems collude against their overseers.")],
        [new("Both", ["RLHF", "Debate"])]);

    private static readonly string Leaf = $$"""{"c":"{{Commitment}}","id":"{{Event}}","t":"2026-05-04T09:30:00.000000Z","v":1}""";

    private static readonly LedgerOpening Opening = new(
        3, Salt, """{"data":{"blind":false,"items":[{"best":"0.2","failureMode":"COLL","technique":"RLHF"}],"raterKind":"human","round":"""
            + """1},"organisation":"my-lab","rater":"r-7f3a","recordedAt":"2026-05-04T09:29:59.950000Z","round":"""
            + """1,"schema":1,"stream":"assessment/my-study/my-lab/r-7f3a","study":"my-study","type":"ratings-submitted","version":1}""");

    private static readonly TreeHead Head = new(Study, 4, Root, Signature);

    private static readonly RatingsReceipt Receipt = new(Study, "my-lab", "r-7f3a", 1, Event, Commitment, 1, 2, new(
        $"alignmentmesh-receipt/v1\nalignmentmesh\n2026-05-04T09:29:59.950000Z\n10\n1\n{Salt}\n\n"
            + "\u2014 alignmentmesh/receipts ChsG...\n", 0, []));

    private static readonly AuditGrant Grant = new(
        "https://issuer.example", "ines", new DateTimeOffset(2026, 5, 11, 9, 0, 0, TimeSpan.Zero), "Audit of the second round.");

    private static readonly AuditAccessRecord Read = new(
        3, "2026-05-04T09:30:00.000000Z", "read", 1, "https://issuer.example", "ines", Read: new(Round: 2, From: 0, Last: 17, Entries: 12));

    public static IEnumerable<ContractExample> All => ((object[])[.. Requests, .. Answers]).Select(value => new ContractExample(value));

    private static IEnumerable<object> Requests =>
    [
        new OpenStudyRequest(Study, "How much do our layers share?", Catalogue),
        new AdmitOrganisationRequest("my-lab", "My Lab"),
        new RemoveOrganisationRequest("Left the study."),
        new ChangeCatalogueRequest("technique", "Debate", "AI debate", "Two systems argue before a judge.", true, "The judge was missing."),
        new ChangeAggregationPolicyRequest(new(Rho: 0.8m, Nu: 4), "Our labs share most of their training data."),
        new OpenRoundRequest("blind"),
        new CloseStudyRequest("The report is published."),
        new AnnounceRestoreRequest("The database's disk was lost on 3 May.", KeptSize: 4, LostSize: 9),
        new ConfirmRestoreRequest(2),
        new ErasePersonalDataRequest("The rater asked for it.", "GDPR art. 17", Rater: "r-7f3a", Name: true),
        Grant,
        new SubmitRatingsRequest(
        [
            new("RLHF", "COLL", Best: 0.2m, Lower: 0.1m, Upper: 0.4m, Confidence: 0.8m, Rationale: "Feedback would not show it."),
            new(FailureMode: "COLL", Best: 0.15m),
            new("RLHF", Best: 0.3m),
        ]),
        new WithdrawRatingsRequest([new WithdrawnItem("RLHF", "COLL")]),
        new OperationRequest(DryRun: true),
        new RewindRequest(Study, To: 0, DryRun: true),
    ];

    private static IEnumerable<object> Answers =>
    [
        new StudyChanged(Study, Event, Commitment, 3, Round: 1),
        new StudyList([new(Study, "How much do our layers share?", "my-lab", null, "open", 2, 1, 1, OpenRound: 1)], Next: null),
        new StudyView(
            Study, "How much do our layers share?", "my-lab", null, "open", 3, Catalogue, [new("my-lab", "My Lab", "admitted")],
            [new(1, "open", "open")], [], new(new(Rho: "0.8", Nu: 4), "Our labs share most of their training data.")),
        Receipt,
        new AssessmentView(
            Study, "my-lab", "r-7f3a", "human", 1, [new("RLHF", "COLL", 1, null, 0.2m, 0.1m, 0.4m, 0.8m, "Feedback would not show it.")]),
        new StudyRater(Study, "my-lab", "r-7f3a", "human"),
        new RoundRationales(Study, 1, [new(Root, "Feedback would not show it.", Salt)], Next: null, [new(Commitment, Event)]),
        new QuantityRationales(
            Study, "RLHF", "COLL", [new(Root, "Feedback would not show it.", Salt), new(Commitment, "Sleeper agents", Salt)],
            [new(Leaf, Event)]),
        new ImportResult(
            DryRun: true, Atomic: false, Accepted: 48, Rejected: 1,
            [new(7, "best", "probability-out-of-range", "best is '1.2'; allowed: 0..1.")], []),
        Head,
        new LedgerHeads([Head]),
        new LedgerPage(Study, 3, [new(3, Leaf, Opening, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")], Head),
        new InclusionProof(Study, 1, 2, Leaf, Commitment, Root, [Commitment]),
        new ConsistencyProof(Study, 3, 4, Commitment, Root, [Commitment, Root]),
        new LedgerKeys(
            Study, "alignmentmesh/my-study+4c3a2b1d+AREREREREREREREREREREREREREREREREREREREREREREQ==",
            "alignmentmesh/receipts+0a1b2c3d+ASIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi",
            ["witness.example.org+5e6f7a8b+BDMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMz"], []),
        new CheckpointList(Study, [new(1, 4, ["witness.example.org"])], Next: null),
        new LedgerOpenings(Study, 1, [Opening], Next: null),
        Read,
        new AuditAccessLog(Study, [Read], Next: 3),
        new IntakeProgress(
            NewestEvent: 12, Sequenced: 12, SequencerHeld: true, PublisherHeld: true, [new(Study, 4, Root, Published: 4)]),
        new Rewound("rating-intake", Study, DryRun: true, From: 4, To: 0),
        new LedgerCompleteness(
            "2026-05-04T09:30:00.000000Z", "2026-05-04T09:30:02.000000Z", 4, 1,
            [new(Study, 3, Event, "event-changed", "The event, as it is stored now, is not what the leaf commits to.")]),
        new LedgerCheck(DryRun: true, [], [], Repaired: 0),
    ];
}
