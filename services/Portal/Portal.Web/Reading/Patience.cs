using Microsoft.Extensions.Http.Resilience;

namespace AlignmentMesh.Portal.Web.Reading;

/// <summary>How long a reader waits for a service before the page says that it is missing.</summary>
internal static class Patience
{
    public static void Limit(HttpStandardResilienceOptions options)
    {
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(5);
        options.Retry.MaxRetryAttempts = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
    }
}
