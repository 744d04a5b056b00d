using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>A study with everything that is done in it, in order. Every step is one HTTP request.</summary>
/// <param name="Owner">The organisation that opens the study and runs its rounds.</param>
internal sealed record SampleStudy(OpenStudyRequest Request, string Owner, IReadOnlyList<SampleStep> Steps)
{
    public string Id => Request.Study;
}

internal abstract record SampleStep
{
    private SampleStep()
    {
    }

    public sealed record Admit(string Organisation, string Name) : SampleStep;

    public sealed record OpenRound(string Mode) : SampleStep;

    public sealed record CloseRound(int Round) : SampleStep;

    public sealed record Submit(string Organisation, string Rater, IReadOnlyList<RatingItem> Items) : SampleStep;

    public sealed record Withdraw(string Organisation, string Rater, IReadOnlyList<WithdrawnItem> Items) : SampleStep;

    /// <param name="RowNumbers">Where each row of the CSV stands in the user's own file.</param>
    public sealed record Import(string Organisation, string Csv, IReadOnlyList<int> RowNumbers) : SampleStep;
}
