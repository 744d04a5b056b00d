using System.Security.Cryptography;

namespace AlignmentMesh.Ledger.Tests;

public sealed class TreeHeadSignatureTests : IDisposable
{
    private const string Root = "b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_signed_head_verifies_with_the_public_key_alone()
    {
        using var publicKey = ECDsa.Create(_key.ExportParameters(includePrivateParameters: false));
        Assert.True(TreeHeadSignature.Verify(publicKey, "s", 12, Root, TreeHeadSignature.Sign(_key, "s", 12, Root)));
    }

    [Fact]
    public void The_signed_bytes_are_the_canonical_JSON_of_root_size_and_study()
    {
        var signature = Convert.FromBase64String(TreeHeadSignature.Sign(_key, "s", 12, Root));
        Assert.Equal(64, signature.Length);
        Assert.True(_key.VerifyData(
            System.Text.Encoding.UTF8.GetBytes($$"""{"root":"{{Root}}","size":12,"study":"s"}"""), signature, HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData("t", 12, Root)]
    [InlineData("s", 13, Root)]
    [InlineData("s", 12, "c82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81")]
    public void A_signature_of_one_head_does_not_verify_another(string study, long size, string root) =>
        Assert.False(TreeHeadSignature.Verify(_key, study, size, root, TreeHeadSignature.Sign(_key, "s", 12, Root)));

    [Fact]
    public void A_signature_by_another_key_does_not_verify()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(TreeHeadSignature.Verify(_key, "s", 12, Root, TreeHeadSignature.Sign(other, "s", 12, Root)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void A_malformed_signature_is_false_not_an_error(string signature) =>
        Assert.False(TreeHeadSignature.Verify(_key, "s", 12, Root, signature));
}
