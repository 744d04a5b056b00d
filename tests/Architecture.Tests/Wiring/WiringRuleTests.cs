namespace AlignmentMesh.Architecture.Tests.Wiring;

public sealed class WiringRuleTests
{
    [Theory]
    [InlineData("api.MapGet(\"/x\", Show).WithTags(\"X\").RequireAuthorization(Access.Reader);", 0)]
    [InlineData("api.MapGet(\"/x\", Show).RequireAuthorization(\"reader\").WithTags(\"X\");", 0)]
    [InlineData("api.MapGet(\"/x\", Show);", 1)]
    [InlineData("api.MapPost(\"/x\", Show).RequireAuthorization();", 1)]
    [InlineData("api.MapPut(\"/x\", Show).RequireAuthorization(policy => policy.RequireRole(\"x\"));", 1)]
    [InlineData("api.RequireAuthorization(Access.Reader).MapDelete(\"/x\", Show);", 1)]
    [InlineData("var x = api.MapPatch(\"/x\", Show); x.RequireAuthorization(Access.Reader);", 1)]
    [InlineData("api.MapHealthChecks(\"/x\").AllowAnonymous();", 2)]
    [InlineData("api.MapReadRisk();", 0)]
    public void An_endpoint_without_a_named_policy_is_found(string statements, int findings) =>
        Assert.Equal(findings, Findings.In(EndpointRule.Check, $"class C {{ void M() {{ {statements} }} }}").Count);

    [Theory]
    [InlineData("class C(IPublishEndpoint bus) : IConsumer<M>;", 1)]
    [InlineData("class C : IConsumer<M> { Task Consume(ConsumeContext<M> context) => context.Publish(new N()); }", 1)]
    [InlineData("class C : IConsumer<M> { Task Consume(ConsumeContext<M> context) => context.RespondAsync<N>(new N()); }", 1)]
    [InlineData("class C(Store store) : IConsumer<M> { Task Consume(ConsumeContext<M> context) => store.Keep(context.Message); }", 0)]
    [InlineData("class Relay(IPublishingBus bus) { Task Run() => bus.Publish(new N()); }", 0)]
    public void A_consumer_that_publishes_is_found(string text, int findings) =>
        Assert.Equal(findings, Findings.In(ConsumerRule.Check, text).Count);

    [Fact]
    public void A_bus_behind_another_class_is_found() =>
        Assert.Single(ConsumerRule.Reaches(
            typeof(First), type => type.DeclaringType == typeof(WiringRuleTests), type => type == typeof(Uri)));

    [Fact]
    public void Only_what_the_registering_call_itself_names_counts()
    {
        var wiring = new SourceFile("Wiring.cs", """
            class W
            {
                /// <summary>AddHostedService of <see cref="InComment"/>.</summary>
                void M() => services.AddSingleton<OnlyASingleton>().AddHostedService(p => p.Get<FromFactory>()).AddHostedService<Direct>();
            }
            """);

        Assert.Equal(
            ["Direct", "FromFactory"],
            Registrations.Of(wiring, "HostedService").Where(name => char.IsUpper(name[0]) && name != "Get").Order(StringComparer.Ordinal));
    }

    private sealed record First(Second Second);

    private sealed record Second(Uri Bus, First? Circle);
}
