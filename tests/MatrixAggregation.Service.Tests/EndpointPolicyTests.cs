using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

[Collection(OnRealServers.Name)]
public sealed class EndpointPolicyTests(FoldedStudyScene folded) : IClassFixture<FoldedStudyScene>
{
    [Fact]
    public void Every_endpoint_requires_a_named_policy()
    {
        var endpoints = folded.Host.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();
        Assert.Contains(endpoints, endpoint => endpoint.RoutePattern.RawText!.EndsWith("/matrix", StringComparison.Ordinal));
        Assert.All(endpoints, endpoint => Assert.Contains(
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), data => !string.IsNullOrEmpty(data.Policy)));
    }

    [Fact]
    public async Task The_api_document_describes_every_route()
    {
        var document = await folded.Host.GetAsync<JsonElement>("/openapi/v1.json");
        var paths = document.GetProperty("paths").EnumerateObject()
            .Where(path =>
                path.Name.StartsWith("/api/", StringComparison.Ordinal) && !path.Name.Contains("/operations/", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(13, paths.Length);
        Assert.All(paths, path => Assert.NotEmpty(path.Value.GetProperty("get").GetProperty("summary").GetString()!));
        Assert.All(paths, path => Assert.Equal("Matrix", path.Value.GetProperty("get").GetProperty("tags")[0].GetString()));
    }
}
