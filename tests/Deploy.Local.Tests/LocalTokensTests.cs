using System.Security.Cryptography;
using AlignmentMesh.Deploy.Local.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AlignmentMesh.Deploy.Local.Tests;

public sealed class LocalTokensTests : IDisposable
{
    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();
    private readonly TokenHolder _holder = new("arc", ["rater", "org-admin"], "ann", Kind: "human");

    [Fact]
    public async Task A_token_is_valid_under_the_public_key_and_says_who_holds_it()
    {
        var keys = LocalKeys.In(_directory);
        var result = await ValidateAsync(LocalTokens.Mint(keys, _holder, TimeSpan.FromHours(1), TimeProvider.System), keys.TokenPublicFile);

        Assert.True(result.IsValid, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal("ES256", token.Alg);
        Assert.Equal("ann", token.Subject);
        Assert.Equal("arc", token.GetClaim("org").Value);
        Assert.Equal(["rater", "org-admin"], token.Claims.Where(claim => claim.Type == "role").Select(claim => claim.Value));
        Assert.Equal("human", token.GetClaim("kind").Value);
    }

    [Fact]
    public async Task A_token_ends_with_its_lifetime()
    {
        var keys = LocalKeys.In(_directory);
        var token = LocalTokens.Mint(keys, _holder, TimeSpan.FromHours(1), new Earlier(TimeSpan.FromHours(2)));
        Assert.IsType<SecurityTokenExpiredException>((await ValidateAsync(token, keys.TokenPublicFile)).Exception);
    }

    [Fact]
    public async Task A_token_of_one_mesh_is_not_valid_in_another()
    {
        var other = DataDirectory.CreateTemporary();
        var token = LocalTokens.Mint(LocalKeys.In(other), _holder, TimeSpan.FromHours(1), TimeProvider.System);
        other.Delete();
        Assert.False((await ValidateAsync(token, LocalKeys.In(_directory).TokenPublicFile)).IsValid);
    }

    [Fact]
    public void Keys_are_made_once_and_stay()
    {
        var first = File.ReadAllText(LocalKeys.In(_directory).TokenPrivateFile);
        Assert.Equal(first, File.ReadAllText(LocalKeys.In(_directory).TokenPrivateFile));
        Assert.NotEqual(first, File.ReadAllText(LocalKeys.In(_directory).PagePrivateFile));
    }

    [Fact]
    public void A_public_key_file_holds_no_private_part()
    {
        var keys = LocalKeys.In(_directory);
        Assert.All(
            [keys.TokenPublicFile, keys.PagePublicFile],
            file => Assert.DoesNotContain("PRIVATE", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_file_is_readable_by_its_owner_only()
    {
        var keys = LocalKeys.In(_directory);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys.TokenPrivateFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(keys.PagePrivateFile));
    }

    public void Dispose() => _directory.Delete();

    private static async Task<TokenValidationResult> ValidateAsync(string token, string publicKeyFile)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(publicKeyFile));
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "alignmentmesh-local",
            ValidAudience = "alignmentmesh",
            IssuerSigningKey = new ECDsaSecurityKey(key),
            ValidAlgorithms = ["ES256"],
            ClockSkew = TimeSpan.Zero,
        });
    }

    private sealed class Earlier(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - by;
    }
}
