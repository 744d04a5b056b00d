using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>Ids of the computations with their constants; a changed constant is a new id, never a new meaning of an old one.</summary>
public static class Method
{
    /// <summary>Robust organisation-balanced hierarchical logit pooling, the headline (<see cref="Domain.Rohl1"/>).</summary>
    public const string Rohl1 = "rohl-1";

    /// <summary>Mean over organisations of the mean over raters of the verdicts as 1, 0.5, 0 (<see cref="Domain.Crisp"/>).</summary>
    public const string Crisp = "crisp";

    /// <summary>ROHL-1 over people and AI raters, shown beside the headline.</summary>
    public const string WithAiRaters = "with-ai-raters";

    /// <summary>The lenses of every version, in ordinal order.</summary>
    public static readonly IReadOnlyList<string> Lenses = [Crisp, Rohl1];

    /// <summary>The computation of a lens in a study with constants of its own: <c>rohl-1(rho=0.3,nu=4)</c>; null: the lens's id.</summary>
    public static string Of(string lens, AggregationConstants? constants) => lens is Rohl1 or WithAiRaters && constants is not null
        ? $"{lens}({string.Join(',', StudyPolicy.Named(constants).Select(one => $"{one.Name}={one.Value}"))})"
        : lens;
}
