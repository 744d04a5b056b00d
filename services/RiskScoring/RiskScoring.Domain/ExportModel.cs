using AlignmentMesh.Contracts;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>Writes a portfolio of one matrix version under one lens for tools of probabilistic risk assessment.</summary>
/// <param name="Portfolio">Ids, distinct; null for all techniques.</param>
/// <param name="Failing">How many techniques must fail for the portfolio to fail; null for all of them.</param>
public sealed record ExportModel(ConsensusMatrix Matrix, string Lens, IReadOnlyList<string>? Portfolio, int? Failing)
{
    /// <returns>Open-PSA MEF, see <see cref="OpenPsa"/>.</returns>
    /// <exception cref="RiskInputException">An unknown lens or technique, a technique twice, or a number outside 1..t.</exception>
    public string Xml()
    {
        var model = RiskInputs.From(Matrix, Lens).Model;
        return OpenPsa.Of(model.Of(model.IndexesOf(Portfolio ?? model.Techniques)), Failing);
    }
}
