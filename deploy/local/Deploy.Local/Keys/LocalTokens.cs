using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AlignmentMesh.Deploy.Local.Keys;

/// <summary>Who a token speaks for.</summary>
/// <param name="Organisation">Claim `org`.</param>
/// <param name="Roles">Claim `role`: one string, or a list of several.</param>
/// <param name="Subject">Claim `sub`.</param>
/// <param name="Kind">Claim `kind`: human or ai.</param>
public sealed record TokenHolder(string Organisation, IReadOnlyList<string> Roles, string Subject, string? Kind = null);

/// <summary>Access tokens for a mesh on one machine, signed with its own key: typ at+jwt, ES256.</summary>
public static class LocalTokens
{
    public const string Issuer = "alignmentmesh-local";
    public const string Audience = "alignmentmesh";

    public static string Mint(LocalKeys keys, TokenHolder holder, TimeSpan lifetime, TimeProvider clock)
    {
        if (lifetime <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "A token must live longer than nothing.");
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keys.TokenPrivateFile));
        var now = clock.GetUtcNow().UtcDateTime;
        // The handler's cache would hold on to a signer whose key is gone by the next call.
        var signing = new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            Claims = Claims(holder),
            SigningCredentials = new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static Dictionary<string, object> Claims(TokenHolder holder)
    {
        if (holder.Roles.Count == 0)
            throw new ArgumentException("A token needs at least one role.", nameof(holder));
        var claims = new Dictionary<string, object>
        {
            ["sub"] = holder.Subject,
            ["org"] = holder.Organisation,
            ["role"] = holder.Roles is [var only] ? only : holder.Roles.ToArray(),
        };
        if (holder.Kind is not null)
            claims["kind"] = holder.Kind;
        return claims;
    }
}
