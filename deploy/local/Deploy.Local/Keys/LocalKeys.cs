using System.Security.Cryptography;

namespace AlignmentMesh.Deploy.Local.Keys;

/// <summary>The key files of one mesh, ES256 (P-256) in PEM: one pair signs tokens, one pair signs ledger pages.</summary>
public sealed record LocalKeys(string TokenPrivateFile, string TokenPublicFile, string PagePrivateFile, string PagePublicFile)
{
    /// <summary>The keys of the data directory, made on first use.</summary>
    public static LocalKeys In(DataDirectory directory)
    {
        var token = Pair(directory.Secrets, "token");
        var page = Pair(directory.Secrets, "page");
        return new LocalKeys(token.Private, token.Public, page.Private, page.Public);
    }

    private static (string Private, string Public) Pair(string folder, string name)
    {
        var (secret, open) = (Path.Combine(folder, name + "-key.pem"), Path.Combine(folder, name + "-key.public.pem"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(secret))
            key.ImportFromPem(File.ReadAllText(secret));
        else
            PrivateFiles.Write(secret, key.ExportPkcs8PrivateKeyPem() + "\n");
        if (!File.Exists(open))
            PrivateFiles.Write(open, key.ExportSubjectPublicKeyInfoPem() + "\n");
        return (secret, open);
    }
}
