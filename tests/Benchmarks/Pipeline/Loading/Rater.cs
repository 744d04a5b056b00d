using System.Net.Http.Headers;
using AlignmentMesh.Deploy.Local.Keys;

namespace AlignmentMesh.Benchmarks.Pipeline.Loading;

/// <summary>An expert of the load, with a token that outlives the run.</summary>
internal sealed record Rater(string Organisation, AuthenticationHeaderValue Token)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    public static Rater Of(LocalKeys keys, string organisation, string subject, string role, TimeProvider clock) =>
        new(organisation, new AuthenticationHeaderValue(
            "Bearer", LocalTokens.Mint(keys, new TokenHolder(organisation, [role], subject), Lifetime, clock)));
}
