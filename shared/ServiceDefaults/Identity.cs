using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>
/// Who issues tokens: an OpenID Connect issuer (<see cref="Authority"/>), or the key that a local mesh made for itself
/// (<see cref="LocalPublicKeyFile"/>). Production refuses the local key.
/// </summary>
public sealed record AuthOptions
{
    public const string LocalIssuer = "alignmentmesh-local";

    public string? Authority { get; init; }

    [Required]
    public string Audience { get; init; } = "alignmentmesh";

    /// <summary>PEM file with the P-256 public key of the local mesh.</summary>
    public string? LocalPublicKeyFile { get; init; }
}

internal static class Identity
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        var auth = builder.Configuration.GetSection("Auth").Get<AuthOptions>() ?? new AuthOptions();
        var local = auth.LocalPublicKeyFile is not null;
        if (local == auth.Authority is not null)
            throw new InvalidOperationException(
                "Set exactly one of Auth:Authority (an OpenID Connect issuer) and Auth:LocalPublicKeyFile.");
        if (local && builder.Environment.IsProduction())
            throw new InvalidOperationException("Auth:LocalPublicKeyFile is for a local mesh; in Production set Auth:Authority.");

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(jwt =>
        {
            jwt.MapInboundClaims = false;
            jwt.Authority = auth.Authority;
            jwt.TokenValidationParameters = Validation(auth);
        });
        builder.Services.AddAuthorization(Access.AddPolicies);
    }

    private static TokenValidationParameters Validation(AuthOptions auth)
    {
        var validation = new TokenValidationParameters
        {
            ValidAudience = auth.Audience,
            // No symmetric algorithm: a public key must never be taken for a shared secret.
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
            ValidTypes = ["at+jwt"],
            ClockSkew = ClockSkew,
            NameClaimType = Claims.Subject,
            RoleClaimType = Claims.Role,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        if (auth.LocalPublicKeyFile is not { } file) return validation;
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        validation.IssuerSigningKey = new ECDsaSecurityKey(key);
        validation.ValidIssuer = AuthOptions.LocalIssuer;
        return validation;
    }
}
