namespace AlignmentMesh.Architecture.Tests.Operating;

public sealed class RuleTests
{
    [SkippableFact]
    public async Task The_alerts_fire_when_they_should_and_only_then()
    {
        using var promtool = new DebianProgram("promtool", "prometheus");
        var missing = await promtool.MissingAsync();
        Skip.If(missing is not null, missing);
        var rules = Path.Combine(Repository.Root, "deploy/prometheus");
        var check = await promtool.RunAsync("check", "rules", Path.Combine(rules, "rules.yml"));
        Assert.True(check.Code == 0, check.Output);
        var test = await promtool.RunAsync("test", "rules", Path.Combine(rules, "rules.test.yml"));
        Assert.True(test.Code == 0, test.Output);
    }
}
