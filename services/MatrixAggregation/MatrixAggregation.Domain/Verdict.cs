namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>How a technique stands when a failure mode obtains.</summary>
public enum Verdict
{
    Resistant,
    Uncertain,
    Vulnerable,
}

/// <summary>Verdicts as they are written in contracts and files, and as they are read off a number.</summary>
public static class Verdicts
{
    /// <summary>Below it: resistant.</summary>
    public const double ResistantBelow = 1.0 / 3;

    /// <summary>Above it: vulnerable.</summary>
    public const double VulnerableAbove = 2.0 / 3;

    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Resistant => "resistant",
        Verdict.Uncertain => "uncertain",
        Verdict.Vulnerable => "vulnerable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "resistant, uncertain or vulnerable"),
    };

    /// <exception cref="FormatException">Not one of the three names.</exception>
    public static Verdict Parse(string name) => name switch
    {
        "resistant" => Verdict.Resistant,
        "uncertain" => Verdict.Uncertain,
        "vulnerable" => Verdict.Vulnerable,
        _ => throw new FormatException($"verdict '{name}' must be resistant, uncertain or vulnerable"),
    };

    /// <summary>Resistant below 1/3, vulnerable above 2/3, uncertain between, the cuts included.</summary>
    public static Verdict OfProbability(double p) =>
        p < ResistantBelow ? Verdict.Resistant : p > VulnerableAbove ? Verdict.Vulnerable : Verdict.Uncertain;
}
