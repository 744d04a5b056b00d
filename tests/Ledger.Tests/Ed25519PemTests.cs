using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace AlignmentMesh.Ledger.Tests;

public sealed class Ed25519PemTests
{
    // The key pair of RFC 8410 section 10.1 and 10.3.
    private static readonly string Private = Pem("PRIVATE", "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC");
    private static readonly string Public = Pem("PUBLIC", "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");

    [Fact]
    public void The_published_pair_reads_and_writes_as_it_was_published()
    {
        var seed = Ed25519Pem.Seed(Private);
        Assert.Equal("d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842", Convert.ToHexStringLower(seed));
        Assert.Equal((Private, Public), (Ed25519Pem.WritePrivate(seed), Ed25519Pem.WritePublic(seed)));
        Assert.Equal("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1",
            Convert.ToHexStringLower(Ed25519Pem.PublicKey(Public)));
    }

    [Fact]
    public void What_is_written_is_what_another_library_reads()
    {
        var seed = Enumerable.Range(1, 32).Select(n => (byte)n).ToArray();
        var read = (Ed25519PrivateKeyParameters)new PemReader(new StringReader(Ed25519Pem.WritePrivate(seed))).ReadObject();
        Assert.Equal(seed, read.GetEncoded());
        var open = (Ed25519PublicKeyParameters)new PemReader(new StringReader(Ed25519Pem.WritePublic(seed))).ReadObject();
        Assert.Equal(read.GeneratePublicKey().GetEncoded(), open.GetEncoded());
    }

    [Theory]
    [InlineData("PUBLIC", "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")]
    [InlineData("PRIVATE", "MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")]
    [InlineData("PRIVATE", "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVg=")]
    public void Whatever_is_no_private_Ed25519_key_is_refused(string kind, string base64) =>
        Assert.Throws<FormatException>(() => Ed25519Pem.Seed(Pem(kind, base64)));

    private static string Pem(string kind, string base64) => $"-----BEGIN {kind} KEY-----\n{base64}\n-----END {kind} KEY-----\n";
}
