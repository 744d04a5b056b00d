using AlignmentMesh.Contracts;

namespace AlignmentMesh.MatrixAggregation.Domain;

/// <summary>One organisation's raters among themselves.</summary>
public sealed record OrganisationAgreement(string Organisation, AgreementMeasures Measures);

/// <summary>
/// Agreement across a whole matrix: units are cells. Every alpha has the bootstrap interval of the same seed, so a report has the
/// same bits whoever computes it from the same ratings.
/// </summary>
/// <param name="Overall">Coders are raters, whatever their organisation.</param>
/// <param name="ByOrganisation">Coders are the organisation's raters; ordinal order.</param>
/// <param name="BetweenOrganisations">
/// Coders are organisations, each with the median of its raters' verdicts and of their numbers in a cell.
/// </param>
public sealed record AgreementReport(
    AgreementMeasures Overall, IReadOnlyList<OrganisationAgreement> ByOrganisation, AgreementMeasures BetweenOrganisations,
    Bootstrap Bootstrap)
{
    /// <summary>Id of the computation with its constants: verdict cuts 1/3 and 2/3, midpoints 0.15, 0.5, 0.85, 2000 replicates.</summary>
    public const string Method = "agreement-1";

    /// <summary>The seed of intervals for which none was asked.</summary>
    public const ulong StandardSeed = 20251013;

    /// <param name="cells">The counted ratings of each cell, one per rater; cells in a fixed order, since resamples draw by place.</param>
    public static AgreementReport Of(IEnumerable<IReadOnlyList<Rating>> cells, Bootstrap bootstrap)
    {
        ArgumentNullException.ThrowIfNull(cells);
        Coding[][] units = [.. cells.Select(cell => cell.Select(Coding.Of).ToArray())];
        var organisations = units.SelectMany(unit => unit).Select(coding => coding.Coder.Organisation).Distinct()
            .Order(StringComparer.Ordinal);
        return new(
            AgreementMeasures.Of(units, bootstrap),
            [
                .. organisations.Select(name => new OrganisationAgreement(
                    name, AgreementMeasures.Of(units.Select(unit => Of(unit, name)), bootstrap))),
            ],
            AgreementMeasures.Of(units.Select(Coding.MediansOfOrganisations), bootstrap), bootstrap);
    }

    /// <summary>The ratings that count in the state's version: techniques outer, failure modes inner, as in the matrix.</summary>
    public static AgreementReport Of(MatrixState state, Bootstrap bootstrap)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Of(state.Cells.Select(cell => Consensus.Counted(state, cell)), bootstrap);
    }

    /// <summary>As it is published with the version it is of.</summary>
    public MatrixAgreement Answer(ConsensusMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new(
            matrix.Study, matrix.Label, matrix.Version, matrix.AsOf, matrix.Digest ?? Consensus.DigestOf(matrix), Method, Overall.Figures(),
            [.. ByOrganisation.Select(one => one.Measures.Figures(one.Organisation))], BetweenOrganisations.Figures(), Draws);
    }

    /// <summary>How the intervals were drawn, as it is published.</summary>
    public AgreementBootstrap Draws => new((long)Bootstrap.Seed, Bootstrap.Replicates, Overall.Ordinal.UndefinedReplicates);

    private static Coding[] Of(Coding[] unit, string organisation) => [.. unit.Where(coding => coding.Coder.Organisation == organisation)];
}
