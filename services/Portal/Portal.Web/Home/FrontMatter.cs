using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Home;

/// <summary>What the first page shows; what is null could not be had.</summary>
/// <param name="Bound">The newest version of the study that the page is about; null when there is none.</param>
/// <param name="Missing">Why there is none.</param>
/// <param name="Risk">Reports of that version, by lens.</param>
/// <param name="Changes">From the version before to this one.</param>
public sealed record FrontPage(Bound? Bound, Missing? Missing, IReadOnlyList<RiskReport> Risk, Missing? RiskMissing, MatrixDiff? Changes);

/// <summary>Reads the first page: the first study that has a matrix, what it means, and what changed last.</summary>
internal sealed class FrontMatter(IntakeClient intake, MatrixClient matrices, RiskClient risks, VersionReader versions)
{
    private const int VersionsLookedThrough = 20;

    public async Task<FrontPage> ReadAsync(CancellationToken token)
    {
        var asked = intake.StudiesAsync(token);
        var (heads, missing) = await matrices.HeadsAsync(token);
        var (studies, _) = await asked;
        if (heads is null) return new FrontPage(null, missing, [], null, null);
        if (Choose(studies, heads) is not { } study) return new FrontPage(null, null, [], null, null);
        var published = matrices.VersionsAsync(study, null, VersionsLookedThrough, token);
        var bound = await versions.ReadAsync(study, null, null, token);
        if (bound.Matrix is null) return new FrontPage(null, bound.Missing[0], [], null, null);
        var changes = ChangesAsync(bound, published, token);
        var reports = await Task.WhenAll(
            Lenses.Published.Select(lens => risks.ReportAsync(study, bound.Version, lens.Id, token)));
        return new FrontPage(
            bound, null, [.. reports.Select(report => report.Value).OfType<RiskReport>()],
            reports.Select(report => report.Missing).FirstOrDefault(one => one is not null), await changes);
    }

    private static string? Choose(StudyList? studies, MatrixHeads heads)
    {
        var known = heads.Heads.Select(head => head.Study).ToHashSet();
        return studies?.Studies.FirstOrDefault(study => known.Contains(study.Study))?.Study
            ?? (heads.Heads is [var first, ..] ? first.Study : null);
    }

    private async Task<MatrixDiff?> ChangesAsync(Bound bound, Task<Answer<MatrixVersions>> published, CancellationToken token)
    {
        var (list, _) = await published;
        var changed = list?.Versions.SkipWhile(version => version.Version > bound.Version || version.ChangedCells == 0).ToArray() ?? [];
        if (changed is not [var last, var before, ..]) return null;
        return (await matrices.DiffAsync(bound.Study, before.Version, last.Version, Links.Headline, token)).Value;
    }
}
