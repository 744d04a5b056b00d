using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>
/// The catalogue and Table 1 of L. Dung and F. Mai, "AI Alignment Strategies from a Risk Perspective: Independent Safety
/// Mechanisms or Shared Failures?", 2025, arXiv 2510.11235. Definitions of the failure modes are the paper's, shortened.
/// </summary>
internal static class PaperTable
{
    public const string Source = "https://arxiv.org/abs/2510.11235";

    public static Catalogue Catalogue { get; } = new(
        [
            new("RLHF", "Reinforcement learning from human feedback", "A reward model learnt from human preferences trains the system."),
            new("RLAIF", "Reinforcement learning from AI feedback",
                "As RLHF, with preferences stated by an AI that follows written principles."),
            new("W2S", "Weak-to-strong generalisation", "A weaker supervisor's labels elicit the better behaviour of a stronger system."),
            new("Debate", "AI debate", "Two systems argue opposite sides before a weaker judge, and are trained to win."),
            new("RE", "Representation engineering", "Internal representations are read and changed to monitor and steer the system."),
            new("ScientistAI", "Scientist AI", "A system that explains and predicts without goals of its own, and guards other systems."),
            new("IDA", "Iterated distillation and amplification",
                "A system amplified by copies of itself is distilled into the next one, again and again."),
        ],
        [
            new("S-TAX", "Safety tax", "Low willingness or capability to pay a safety tax."),
            new("CAP-DEV", "Capability development", "Extreme or discontinuous capability development."),
            new("DEC-AL", "Deceptive alignment", "Strong deceptive alignment tendencies emerge early."),
            new("COLL", "Collusion", "Systems are prone to collusion."),
            new("EM-MIS", "Emergent misalignment", "Conditions for emergent misalignment are produced."),
            new("EVAL-DIFF", "Evaluation difficulty", "Evaluating a task is not substantially easier than generating it."),
            new("AL-GEN", "Alignment generalisation", "Systems generalise from alignment training in dangerous ways."),
        ],
        [
            new("RLHF pipeline", ["RLHF", "RLAIF", "W2S"]),
            new("Debate and representation engineering", ["Debate", "RE"]),
            new("Representation engineering, Scientist AI and IDA", ["RE", "ScientistAI", "IDA"]),
        ]);

    // Rows and columns as in the catalogue: x vulnerable, ok resistant, ? uncertain.
    private static readonly string[] Rows =
    [
        "ok x  x  ok x  x  x",
        "ok x  x  x  x  x  x",
        "ok x  x  x  x  x  x",
        "?  x  ok x  x  x  x",
        "ok ok x  ok ok ok x",
        "x  ?  ok ?  ok ok ok",
        "x  ok ok ok ok ok x",
    ];

    /// <summary>The verdict of every cell, techniques outer, failure modes inner.</summary>
    public static IReadOnlyList<(string Technique, string FailureMode, string Verdict)> Verdicts { get; } =
    [
        .. Catalogue.Techniques.Zip(Rows).SelectMany(row => Catalogue.FailureModes
            .Zip(row.Second.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(cell => (row.First.Id, cell.First.Id, Verdict(cell.Second)))),
    ];

    private static string Verdict(string mark) => mark switch
    {
        "x" => "vulnerable",
        "ok" => "resistant",
        "?" => "uncertain",
        _ => throw new FormatException($"mark '{mark}' must be x, ok or ?"),
    };
}
