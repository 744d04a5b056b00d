using AlignmentMesh.Portal.Web.Reading;

namespace AlignmentMesh.Portal.Web.Explaining;

/// <summary>
/// The services' operations. Making its OpenAPI document costs a service tens of milliseconds, and it changes only with a new release:
/// so it is read at most once a minute.
/// </summary>
internal sealed class ApiDescriptions(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private volatile Described[] _known = [];

    public async Task<Answer<IReadOnlyList<ApiOperation>>> ReadAsync(ServiceReader service, CancellationToken token)
    {
        if (_known.FirstOrDefault(one => one.Service == service.Service) is { } known && clock.GetElapsedTime(known.At) < Fresh)
            return new Answer<IReadOnlyList<ApiOperation>>(known.Operations, null);
        var (document, missing) = await service.DescriptionAsync(token);
        if (document is null) return missing!;
        using (document)
        {
            var read = new Described(service.Service, ApiReference.Of(document), clock.GetTimestamp());
            _known = [.. _known.Where(one => one.Service != service.Service), read];
            return new Answer<IReadOnlyList<ApiOperation>>(read.Operations, null);
        }
    }

    private sealed record Described(string Service, IReadOnlyList<ApiOperation> Operations, long At);
}
