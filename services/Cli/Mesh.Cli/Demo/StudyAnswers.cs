using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>Everything that the services answer about one study at one version.</summary>
/// <param name="Ledger">The whole ledger, as the feed gives it.</param>
/// <param name="Matrix">The version under every lens: what its digest covers.</param>
/// <param name="Risks">By lens: every portfolio of up to twelve techniques, otherwise the main ones.</param>
/// <param name="Summaries">By lens: the main portfolios.</param>
internal sealed record StudyAnswers(
    string Study, TreeHead Head, IReadOnlyList<LedgerEntry> Ledger, MatrixView Headline, MatrixView Crisp, ConsensusMatrix Matrix,
    IReadOnlyDictionary<string, RiskReport> Risks, IReadOnlyDictionary<string, RiskReport> Summaries);
