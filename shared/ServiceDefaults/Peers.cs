using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace AlignmentMesh.ServiceDefaults;

public static class Peers
{
    /// <summary>A typed client of another service, with timeouts and a bounded retry.</summary>
    /// <param name="service">Name of the setting <c>Services:{service}</c> that holds its base address.</param>
    /// <param name="limits">Other timeouts and retries than the usual ones.</param>
    public static void AddPeer<TClient>(
        this WebApplicationBuilder builder, string service, Action<HttpStandardResilienceOptions>? limits = null)
        where TClient : class
    {
        var address = builder.Configuration[$"Services:{service}"]
            ?? throw new InvalidOperationException($"Set Services:{service} to the base address of {service}, e.g. http://host:8080/.");
        builder.Services.AddHttpClient<TClient>(http => http.BaseAddress = new Uri(address))
            .AddStandardResilienceHandler(limits ?? (_ => { }));
    }
}
