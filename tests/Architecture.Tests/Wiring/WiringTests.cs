namespace AlignmentMesh.Architecture.Tests.Wiring;

/// <summary>Consumers, subscriptions and loops are found by reflection, so one that nobody registered cannot hide.</summary>
public sealed class WiringTests
{
    private static readonly (string What, string Word, Func<Type, bool> Is)[] Parts =
    [
        ("consumer", "Consum", type => ConsumedBy(type).Any()),
        ("subscription", "Subscription", type => Implements(type, "Marten.Subscriptions.ISubscription")),
        ("hosted service", "HostedService", type => Implements(type, "Microsoft.Extensions.Hosting.IHostedService")),
    ];

    [Fact]
    public void Every_consumer_subscription_and_loop_is_registered_in_its_wiring() =>
        Findings.None(
            from service in Compiled.Services()
            let wiring = Repository.Find($"{service.Project.Directory}/Wiring.cs") ?? new SourceFile("", "")
            from part in Parts
            let registered = Registrations.Of(wiring, part.Word)
            from type in service.Types
            where !type.IsAbstract && part.Is(type) && !registered.Contains(type.Name)
            select $"{type.FullName}: a {part.What} that {service.Project.Directory}/Wiring.cs does not register");

    [Fact]
    public void Every_loop_of_a_shared_project_is_registered_where_it_is_used()
    {
        var registered = Repository.Sources.SelectMany(file => Registrations.Of(file, "HostedService")).ToHashSet();
        Findings.None(
            from project in Repository.Projects
            where project.Area == "shared"
            from type in Compiled.Load(project).GetTypes()
            where !type.IsAbstract && Parts[^1].Is(type) && !registered.Contains(type.Name)
            select $"{type.FullName}: a hosted service that nobody registers");
    }

    [Fact]
    public void The_consumers_of_two_services_have_been_found() =>
        Assert.True(Compiled.Services().Count(service => service.Types.SelectMany(ConsumedBy).Any()) >= 2, "discovery is broken");

    [Fact]
    public void No_consumer_publishes_in_its_own_code() => Findings.None(Repository.Sources, ConsumerRule.Check);

    [Fact]
    public void No_consumer_reaches_a_bus_through_what_it_is_given() =>
        Findings.None(
            from service in Compiled.Services()
            from type in service.Types
            where ConsumedBy(type).Any()
            from finding in ConsumerRule.Reaches(type, IsOurs, IsBus)
            select finding);

    [Fact]
    public void Every_endpoint_names_its_policy_where_it_is_mapped()
    {
        var running = Repository.Sources.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal)).ToList();

        Assert.True(running.Sum(EndpointRule.Count) >= 20, "discovery is broken");
        Findings.None(running, EndpointRule.Check);
    }

    /// <summary>The messages a type consumes.</summary>
    internal static IEnumerable<Type> ConsumedBy(Type type) =>
        type.IsAbstract
            ? []
            : type.GetInterfaces()
                .Where(one => one.IsGenericType && one.GetGenericTypeDefinition().FullName == "MassTransit.IConsumer`1")
                .Select(one => one.GetGenericArguments()[0]);

    private static bool Implements(Type type, string name) => type.GetInterfaces().Any(one => one.FullName == name);

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("AlignmentMesh.", StringComparison.Ordinal);

    private static bool IsBus(Type type) =>
        type.GetInterfaces().Append(type).Any(one => one.FullName is "MassTransit.IPublishEndpoint" or "MassTransit.ISendEndpointProvider");
}
