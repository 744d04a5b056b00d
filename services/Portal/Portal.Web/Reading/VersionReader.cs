using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Portal.Web.Words;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>Finds the version that an address means, and what goes with it.</summary>
internal sealed class VersionReader(IntakeClient intake, MatrixClient matrices, SignedLedgers signer)
{
    /// <param name="v">A version as the address has it; null or empty asks for the newest.</param>
    public async Task<Bound> ReadAsync(string study, string? v, string? lens, CancellationToken token)
    {
        var isPinned = !string.IsNullOrEmpty(v);
        var chosen = string.IsNullOrEmpty(lens) ? Links.Headline : lens;
        var info = intake.StudyAsync(study, token);
        var signed = signer.FindAsync(study, token);
        var head = isPinned ? null : intake.HeadAsync(study, token);
        var matrix = await MatrixAsync(study, v, chosen, token);
        var missing = new List<Missing>();
        if (matrix.Missing is { } gone) missing.Add(gone);
        if ((await info).Missing is { } without) missing.Add(without);
        // Both say it, each in its own way.
        if (missing is [{ Kind: MissingKind.Unknown }, { Kind: MissingKind.Unknown }])
            missing = [new Missing("portal", MissingKind.Unknown, "No such study", $"There is no study '{study}'.")];
        var received = head is null ? null : (await head).Value?.Size;
        return new Bound(study, chosen, isPinned, (await info).Value, matrix.Value, received, missing)
        {
            Refusal = (await signed)?.Refusal,
        };
    }

    private async Task<Answer<MatrixView>> MatrixAsync(string study, string? v, string lens, CancellationToken token)
    {
        if (string.IsNullOrEmpty(v)) return await matrices.MatrixAsync(study, null, lens, token);
        return long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? await matrices.MatrixAsync(study, version, lens, token)
            : new Missing("portal", MissingKind.Unknown, "No such version", $"v is '{v}'; allowed: a whole number from 1.");
    }
}
