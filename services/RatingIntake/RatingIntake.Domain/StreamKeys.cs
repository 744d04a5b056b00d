namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Names of streams. Study and organisation ids hold no slash, so a key reads only one way.</summary>
public static class StreamKeys
{
    private const string StudyPrefix = "study/";
    private const string AssessmentPrefix = "assessment/";

    public static string Study(string study) => StudyPrefix + study;

    public static string Assessment(string study, string organisation, string rater) => $"{AssessmentPrefix}{study}/{organisation}/{rater}";

    /// <exception cref="FormatException">Not a stream of a study's ledger.</exception>
    public static string StudyOf(string stream) => stream.Split('/') switch
    {
        ["study", var study] => study,
        ["assessment", var study, _, _] => study,
        _ => throw new FormatException($"'{stream}' is neither study/ID nor assessment/STUDY/ORGANISATION/RATER."),
    };

    /// <summary>Organisation and rater of an assessment's stream; null for a study's.</summary>
    public static (string Organisation, string Rater)? RaterOf(string stream) =>
        stream.Split('/') is ["assessment", _, var organisation, var rater] ? (organisation, rater) : null;
}
