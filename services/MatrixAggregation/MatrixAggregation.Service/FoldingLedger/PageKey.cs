using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using Microsoft.Extensions.Options;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>The public half of intake's page key.</summary>
internal sealed class PageKey : IDisposable
{
    private const int KeyBits = 256;

    // Deliveries are verified side by side, and the object serves one thread at a time.
    private readonly Lock _turn = new();
    private readonly ECDsa _key = ECDsa.Create();

    /// <exception cref="InvalidOperationException">The file is no P-256 public key.</exception>
    public PageKey(IOptions<LedgerOptions> options)
    {
        var file = options.Value.PagePublicKeyFile;
        try
        {
            _key.ImportFromPem(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong(file, unreadable);
        }

        if (_key.KeySize != KeyBits) throw Wrong(file, null);
    }

    /// <exception cref="PageRefusedException">The head was not signed by intake.</exception>
    public void RequireSignature(TreeHead head)
    {
        bool signed;
        lock (_turn) signed = TreeHeadSignature.Verify(_key, head.Study, head.Size, head.Root, head.Signature);
        if (!signed)
            throw new PageRefusedException(
                RefusalReason.WrongSignature, $"The head of size {head.Size} does not have the signature of intake's page key.");
    }

    public void Dispose() => _key.Dispose();

    private static InvalidOperationException Wrong(string file, Exception? cause) =>
        new($"Ledger:PagePublicKeyFile is '{file}'; allowed is a readable PEM file with a P-256 public key.", cause);
}
