using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>The constants of ROHL-1 in force in a study.</summary>
/// <param name="Constants">Those with another value than ROHL-1's own; null when there is none.</param>
/// <param name="SetAt">Ledger index since when it is in force; null before any change.</param>
public sealed record StudyPolicy(Rohl1Policy Rohl1, AggregationConstants? Constants, long? SetAt = null)
{
    public static StudyPolicy Standard { get; } = new(Rohl1Policy.Default, null);

    /// <summary>The policy of a study that states these constants; those it leaves out are ROHL-1's own.</summary>
    /// <exception cref="FormatException">A number is not a ledger decimal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside <see cref="AggregationRanges"/>.</exception>
    public static StudyPolicy Of(AggregationConstants stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        var own = Rohl1Policy.Default;
        var policy = new Rohl1Policy
        {
            Rho = Number(stated.Rho) ?? own.Rho,
            SigmaWithin = Number(stated.SigmaWithin) ?? own.SigmaWithin,
            SMin = Number(stated.SMin) ?? own.SMin,
            Nu = stated.Nu ?? own.Nu,
            TauScale = Number(stated.TauScale) ?? own.TauScale,
            ResistantLogit = Number(stated.ResistantLogit) ?? own.ResistantLogit,
            UncertainLogit = Number(stated.UncertainLogit) ?? own.UncertainLogit,
            VulnerableLogit = Number(stated.VulnerableLogit) ?? own.VulnerableLogit,
        };
        return policy == own ? Standard : new(policy, Other(stated, policy, own));
    }

    /// <summary>The same of a ledger entry.</summary>
    /// <exception cref="InvalidDataException">A number cannot be used: folding on without it would give wrong numbers.</exception>
    internal static StudyPolicy Read(long index, AggregationConstants stated)
    {
        try
        {
            return Of(stated) with { SetAt = index };
        }
        catch (Exception unusable) when (unusable is FormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"entry {index}: {unusable.Message}", unusable);
        }
    }

    /// <summary>The constants that are stated, in a fixed order.</summary>
    public static IEnumerable<(string Name, string Value)> Named(AggregationConstants constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        (string Name, string? Value)[] all =
        [
            ("rho", constants.Rho), ("sigmaWithin", constants.SigmaWithin), ("sMin", constants.SMin),
            ("nu", constants.Nu is { } nu ? FormattableString.Invariant($"{nu}") : null), ("tauScale", constants.TauScale),
            ("resistantLogit", constants.ResistantLogit), ("uncertainLogit", constants.UncertainLogit),
            ("vulnerableLogit", constants.VulnerableLogit),
        ];
        return all.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));
    }

    // A constant that is stated as what it is anyway makes no other method.
    private static AggregationConstants Other(AggregationConstants stated, Rohl1Policy policy, Rohl1Policy own) => new(
        policy.Rho == own.Rho ? null : stated.Rho,
        policy.SigmaWithin == own.SigmaWithin ? null : stated.SigmaWithin,
        policy.SMin == own.SMin ? null : stated.SMin,
        policy.Nu == own.Nu ? null : stated.Nu,
        policy.TauScale == own.TauScale ? null : stated.TauScale,
        policy.ResistantLogit == own.ResistantLogit ? null : stated.ResistantLogit,
        policy.UncertainLogit == own.UncertainLogit ? null : stated.UncertainLogit,
        policy.VulnerableLogit == own.VulnerableLogit ? null : stated.VulnerableLogit);

    private static double? Number(string? text) => text is null ? null : (double)Decimals.Parse(text);
}
