using System.Collections.Concurrent;
using System.Security.Cryptography;
using AlignmentMesh.Ledger;
using Microsoft.Extensions.Options;

namespace AlignmentMesh.RatingIntake.Service.ReadingLedger;

/// <summary>Signs tree heads, so that consumers fold nothing that intake did not sequence.</summary>
internal sealed class PageKey(IOptions<LedgerOptions> options) : IDisposable
{
    // A signing object serves one thread at a time.
    private readonly ConcurrentBag<ECDsa> _idle = [];
    private readonly string _pem = File.ReadAllText(options.Value.PageKeyFile);

    public string Sign(string study, long size, string root)
    {
        if (!_idle.TryTake(out var key))
        {
            key = ECDsa.Create();
            key.ImportFromPem(_pem);
        }

        try
        {
            return TreeHeadSignature.Sign(key, study, size, root);
        }
        finally
        {
            _idle.Add(key);
        }
    }

    public void Dispose()
    {
        foreach (var key in _idle) key.Dispose();
    }
}
