using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>
/// What the checkpoint signer says of the ledgers, asked at most every few seconds however many pages are read. A mesh need not have a
/// signer; and one that does not answer takes nothing from a page, since what it has signed can be had from rating-intake.
/// </summary>
internal sealed class SignedLedgers(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private volatile Said? _said;

    /// <returns>Null where nothing is known.</returns>
    public async Task<SignedLedger?> FindAsync(string study, CancellationToken token)
    {
        var said = _said;
        if (said is null || clock.GetElapsedTime(said.At) >= Fresh) _said = said = await AskAsync(token);
        return said.Ledgers.FirstOrDefault(ledger => ledger.Study == study);
    }

    private async Task<Said> AskAsync(CancellationToken token)
    {
        await using var scope = scopes.CreateAsyncScope();
        var report = scope.ServiceProvider.GetService<SigningClient>() is { } signer ? (await signer.ReportAsync(token)).Value : null;
        return new Said(report?.Ledgers ?? [], clock.GetTimestamp());
    }

    private sealed record Said(IReadOnlyList<SignedLedger> Ledgers, long At);
}
