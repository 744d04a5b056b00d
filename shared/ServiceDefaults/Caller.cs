using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace AlignmentMesh.ServiceDefaults;

public static class Claims
{
    public const string Organisation = "org";
    public const string Subject = "sub";
    public const string Role = "role";
    public const string Issuer = "iss";
    public const string Kind = "kind";
}

/// <summary>Who asks, from the verified token and from nothing else. Endpoints take it as a parameter.</summary>
/// <param name="Organisation">Empty for an anonymous reader.</param>
/// <param name="Kind"><c>human</c> or <c>ai</c>, of the rater.</param>
public sealed record Caller(string Organisation, string Issuer, string Subject, string Kind, IReadOnlyList<string> Roles)
{
    public static Caller Anonymous { get; } = new("", "", "", "human", []);

    public bool Is(string role) => Roles.Contains(role);

    public static ValueTask<Caller?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var user = http.User;
        if (user.Identity?.IsAuthenticated != true) return ValueTask.FromResult<Caller?>(Anonymous);
        string Claim(string type) => user.FindFirst(type)?.Value ?? "";
        var kind = Claim(Claims.Kind) == "ai" ? "ai" : "human";
        var roles = user.FindAll(Claims.Role).Select(claim => claim.Value).ToArray();
        return ValueTask.FromResult<Caller?>(
            new Caller(Claim(Claims.Organisation), Claim(Claims.Issuer), Claim(Claims.Subject), kind, roles));
    }
}
