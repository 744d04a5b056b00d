using System.Collections.Concurrent;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignmentMesh.RiskScoring.Service.Tests;

/// <summary>Stands in for matrix-aggregation's reads; everything else about it is covered end to end elsewhere.</summary>
internal sealed class MatrixStub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Study, long Version), ConsensusMatrix> _versions = new();
    private readonly ConcurrentDictionary<string, MatrixHead> _heads = new();
    private readonly WebApplication _app;

    private MatrixStub(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<MatrixStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new MatrixStub(builder.Build());
        stub._app.MapGet("/api/v1/matrix/heads", () =>
            Results.Json(new MatrixHeads([.. stub._heads.Values]), ContractJson.Options));
        stub._app.MapGet("/api/v1/studies/{study}/matrix/versions/{version:long}", (string study, long version) =>
            stub._versions.TryGetValue((study, version), out var matrix)
                ? Results.Json(matrix, ContractJson.Options)
                : Results.NotFound());
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>The version can be computed on request, but was not published.</summary>
    public void Keep(ConsensusMatrix matrix) => _versions[(matrix.Study, matrix.Version)] = matrix;

    /// <summary>The version is the newest of its study.</summary>
    public void Publish(ConsensusMatrix matrix)
    {
        Keep(matrix);
        _heads[matrix.Study] = new MatrixHead(matrix.Study, matrix.Version, matrix.Digest!);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
