using System.Net;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class VerifyPageTests : IAsyncLifetime
{
    private const string Replay = "studies/scene/replay?from=1&to=12";
    private readonly PortalHost _portal = new();

    public async Task InitializeAsync()
    {
        await _portal.InitializeAsync();
        Scene.Tell(_portal.Services, Scene.Matrix());
    }

    public Task DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Nothing_is_computed_before_it_is_asked_for()
    {
        var page = await _portal.PageAsync("/studies/scene/audit/verify?v=12");
        Assert.Empty(page.Texts(".data"));
        Assert.DoesNotContain(_portal.Services.Asked, path => path.Contains("/replay", StringComparison.Ordinal));
        Assert.Contains("mesh audit replay scene --version 12", page.Text("pre"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_recomputed_is_said_to_be_equal_line_by_line()
    {
        Tell(FakeServices.Matrix, Line(3), Line(12));
        Tell(FakeServices.Risk, Line(12, "crisp"), Line(12, "rohl-1"));
        var page = await _portal.PageAsync("/studies/scene/audit/verify?from=1");
        Assert.Contains("✓ All equal. 2 matrices and 2 risk reports", page.Text("[role=status]"), StringComparison.Ordinal);
        Assert.Equal(4, page.Texts(".data tbody tr").Count);
        Assert.Contains("/studies/scene/matrix?v=3", page.Hrefs(".data a"));
        Assert.Empty(page.Texts("[role=alert]"));
    }

    [Fact]
    public async Task A_version_that_differs_is_named_with_what_differs()
    {
        Tell(FakeServices.Matrix, Line(3), Line(12) with { Recomputed = "ffff", Equal = false, Difference = "cells[0].mean is 0.5" });
        Tell(FakeServices.Risk, Line(12, "rohl-1"));
        var page = await _portal.PageAsync("/studies/scene/audit/verify?from=1");
        Assert.Contains("1 of 3 differ. The first is version 12.", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Contains("NOT EQUAL: cells[0].mean is 0.5", page.Text(".data"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_broken_off_proves_nothing_and_is_said_to_be()
    {
        _portal.Services.Say(FakeServices.Matrix, Replay, new FakeLines([Line(3)], IsBrokenOff: true));
        Tell(FakeServices.Risk, Line(12, "rohl-1"));
        var page = await _portal.PageAsync("/studies/scene/audit/verify?from=1", HttpStatusCode.ServiceUnavailable);
        // In which words depends on how much of the answer came before it broke.
        Assert.Contains("matrix-aggregation is not answering", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Empty(page.Texts("[role=status]"));
    }

    [Fact]
    public async Task Without_one_of_the_services_nothing_is_called_equal()
    {
        Tell(FakeServices.Matrix, Line(12));
        _portal.Services.Down(FakeServices.Risk);
        var page = await _portal.PageAsync("/studies/scene/audit/verify?from=1", HttpStatusCode.ServiceUnavailable);
        Assert.Contains("risk-scoring is not answering", page.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Empty(page.Texts("[role=status]"));
        Assert.Single(page.Texts(".data tbody tr"));
    }

    [Fact]
    public async Task A_ledger_that_the_signer_refuses_is_said_on_every_page_of_its_study_and_on_no_other()
    {
        _portal.Services.Say(FakeServices.Signing, "signing", new SigningReport(
        [
            new(Scene.Study, 1, 12, "r", new("root-differs", "The root of 12 entries is another.", "2026-11-23T17:00:00Z", null)),
            new("another", 1, 12, "r", null),
        ]));
        foreach (var path in new[] { "matrix", "matrix?v=12", "audit/verify", "cite" })
        {
            var page = await _portal.PageAsync($"/studies/scene/{path}");
            Assert.Contains("The root of 12 entries is another.", page.Text("[role=alert]"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_signed_is_said_where_it_is_verified_and_is_no_alarm_elsewhere()
    {
        _portal.Services.Say(FakeServices.Signing, "signing", new SigningReport([new(Scene.Study, 1, 12, "abcd", null)]));
        Assert.Empty((await _portal.PageAsync("/studies/scene/matrix")).Texts("[role=alert]"));
        Assert.Contains("signed the ledger's first 12 entries", (await _portal.PageAsync("/studies/scene/audit/verify")).Text("main"));
        Assert.DoesNotContain("has signed", (await _portal.PageAsync("/studies/scene/audit/verify?v=12")).Text("main"));
    }

    private static ReplayedVersion Line(long version, string? lens = null) =>
        new(Scene.Study, version, lens, "aaaabbbbcccc", "aaaabbbbcccc", true, null);

    private void Tell(string service, params ReplayedVersion[] lines) => _portal.Services.Say(service, Replay, new FakeLines(lines));
}
