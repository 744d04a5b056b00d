using System.Security.Cryptography;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.Deploy.Local.Keys;

/// <summary>
/// The key files of one mesh, in PEM: ES256 (P-256) signs tokens and ledger pages, Ed25519 signs receipts and checkpoints.
/// </summary>
public sealed record LocalKeys(
    string TokenPrivateFile, string TokenPublicFile, string PagePrivateFile, string PagePublicFile, string ReceiptPrivateFile,
    string CheckpointPrivateFile, string CheckpointPublicFile)
{
    /// <summary>The keys of the data directory, made on first use.</summary>
    public static LocalKeys In(DataDirectory directory)
    {
        var token = Pair(directory.Secrets, "token");
        var page = Pair(directory.Secrets, "page");
        var checkpoint = NotePair(directory.Secrets, "checkpoint");
        return new LocalKeys(
            token.Private, token.Public, page.Private, page.Public, NotePair(directory.Secrets, "receipt").Private, checkpoint.Private,
            checkpoint.Public);
    }

    private static (string Private, string Public) Pair(string folder, string name)
    {
        var (secret, open) = Files(folder, name);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(secret))
            key.ImportFromPem(File.ReadAllText(secret));
        else
            PrivateFiles.Write(secret, key.ExportPkcs8PrivateKeyPem() + "\n");
        if (!File.Exists(open))
            PrivateFiles.Write(open, key.ExportSubjectPublicKeyInfoPem() + "\n");
        return (secret, open);
    }

    private static (string Private, string Public) NotePair(string folder, string name)
    {
        var (secret, open) = Files(folder, name);
        if (!File.Exists(secret))
            PrivateFiles.Write(secret, Ed25519Pem.WritePrivate(RandomNumberGenerator.GetBytes(32)));
        if (!File.Exists(open))
            PrivateFiles.Write(open, Ed25519Pem.WritePublic(Ed25519Pem.Seed(File.ReadAllText(secret))));
        return (secret, open);
    }

    private static (string Private, string Public) Files(string folder, string name) =>
        (Path.Combine(folder, name + "-key.pem"), Path.Combine(folder, name + "-key.public.pem"));
}
