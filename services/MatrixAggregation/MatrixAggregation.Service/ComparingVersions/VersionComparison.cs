using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.FoldingLedger;
using AlignmentMesh.MatrixAggregation.Service.RecordingVersions;

namespace AlignmentMesh.MatrixAggregation.Service.ComparingVersions;

/// <summary>Compares two versions and looks up the entries that the changes name.</summary>
internal sealed class VersionComparison(Versions versions, FoldedEntries entries)
{
    /// <param name="a">1 up to <paramref name="b"/>, which is at most the study's current version.</param>
    public async Task<MatrixDiff> CompareAsync(string study, long a, long b, string lens, CancellationToken token)
    {
        var before = await versions.ComputeAsync(study, a, token);
        var diff = await versions.DeriveAsync(
            study, b, FormattableString.Invariant($"diff.{a}.{lens}"), after => Comparison.Of(
                new(before.State, before.Matrix), new(after.State, after.Matrix), lens),
            token);
        var named = await entries.ReadAsync(study, Comparison.Named(diff), token);
        return diff with { Causes = [.. named.Select(entry => Comparison.Cause(FoldEntry.Read(entry)))] };
    }
}
