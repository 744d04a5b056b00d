namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>What a cell's consensus rests on.</summary>
public static class Status
{
    /// <summary>No rating counts: every number is null.</summary>
    public const string NoData = "no_data";

    /// <summary>One organisation only.</summary>
    public const string SingleSource = "single_source";

    /// <summary>Both extreme verdicts keep at least 0.2, or the organisations' means disagree by at least 0.25.</summary>
    public const string Contested = "contested";

    public const string Ok = "ok";

    private const double ContestedShare = 0.2;
    private const double ContestedDisagreement = 0.25 - 1e-9;

    /// <param name="organisations">Organisations with at least one counted rating.</param>
    /// <param name="pResistant">P(p below 1/3), or 0 under a lens without posterior.</param>
    /// <param name="pVulnerable">P(p above 2/3), or 0 under a lens without posterior.</param>
    /// <param name="between">Disagreement between organisations, 0..1: 4/K sum (mean_o - mean)^2.</param>
    internal static string Of(int organisations, double pResistant, double pVulnerable, double between) => organisations switch
    {
        0 => NoData,
        1 => SingleSource,
        _ when pResistant >= ContestedShare && pVulnerable >= ContestedShare => Contested,
        _ when between >= ContestedDisagreement => Contested,
        _ => Ok,
    };
}
