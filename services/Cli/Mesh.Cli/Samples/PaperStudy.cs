using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>The study <c>dung-mai-2025</c>: the paper's table as the ratings of one expert, verdicts only, nothing invented.</summary>
internal static class PaperStudy
{
    public const string Id = "dung-mai-2025";
    public const string Authors = "dung-mai-2025-authors";
    public const string Owner = "alignmentmesh-samples";

    private const string Expert = "table-1";

    public static SampleStep AdmitAuthors => new SampleStep.Admit(Authors, "L. Dung and F. Mai, Table 1 of their paper");

    /// <summary>All 49 cells in one request.</summary>
    public static SampleStep Sheet { get; } = new SampleStep.Submit(
        Authors, Expert,
        [
            .. PaperTable.Verdicts.Select(cell => new RatingItem(
                cell.Technique, cell.FailureMode, cell.Verdict, Evidence: [new Evidence(PaperTable.Source, "Dung and Mai 2025, Table 1")])),
        ]);

    public static SampleStudy Study { get; } = new(
        new OpenStudyRequest(Id, "Dung and Mai 2025: independent safety mechanisms or shared failures?", PaperTable.Catalogue), Owner,
        [AdmitAuthors, new SampleStep.OpenRound("open"), Sheet]);
}
