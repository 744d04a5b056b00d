using System.Text.Json.Serialization;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;

namespace AlignmentMesh.Mesh.Cli.Offline;

/// <summary>Agreement as <c>mesh aggregate --agreement --json</c> writes it: all raters first, null where undefined.</summary>
internal sealed class OfflineAgreement(AgreementReport report)
{
    [JsonIgnore]
    public AgreementFigures Overall { get; } = report.Overall.Figures();

    public string Method { get; } = AgreementReport.Method;

    public int Units => Overall.Units;

    public int Pairable => Overall.Pairable;

    public int Coders => Overall.Coders;

    public AlphaFigures Krippendorff => Overall.Krippendorff;

    public double? Fleiss => Overall.Fleiss;

    public double? GwetAC1 => Overall.GwetAC1;

    public double? GwetAC2 => Overall.GwetAC2;

    public double? PercentAgreement => Overall.PercentAgreement;

    public IReadOnlyDictionary<string, string> Undefined => Overall.Undefined;

    public IReadOnlyList<AgreementFigures> ByOrganisation { get; } =
        [.. report.ByOrganisation.Select(one => one.Measures.Figures(one.Organisation))];

    public AgreementFigures BetweenOrganisations { get; } = report.BetweenOrganisations.Figures();

    public AgreementBootstrap Bootstrap { get; } = report.Draws;
}
