using System.Text.RegularExpressions;
using AlignmentMesh.Deploy.Local.Services;
using YamlDotNet.RepresentationModel;

namespace AlignmentMesh.Architecture.Tests.Operating;

/// <summary>The containers cannot be started where these tests run: what they are given is held against what services ask for.</summary>
public sealed partial class ComposeTests
{
    private const string Whole = "docker-compose.yml";
    private const string Servers = "deploy/docker/servers.yml";

    private static readonly string Dockerfile = Repository.Find("deploy/docker/Dockerfile")!.Text;

    public static TheoryData<string> Services => [.. MeshService.All.Select(service => service.Name)];

    public static TheoryData<string> WithDatabase => [.. MeshService.Pipeline.Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_gets_every_setting_that_it_asks_for(string name)
    {
        var service = MeshService.All.Single(known => known.Name == name);
        var given = Settings(Container(name)).ToHashSet();
        Findings.None(AskedBy(service).Where(setting => !given.Contains(setting)).Select(setting => $"{name} does not get {setting}"));
    }

    [Theory]
    [MemberData(nameof(WithDatabase))]
    public void A_service_gets_its_own_database_which_is_made_for_it(string name)
    {
        var database = MeshService.Pipeline.Single(known => known.Name == name).Database!;
        var connection = Value(Container(name), "ConnectionStrings__Postgres");
        Assert.Contains($"Host=postgres;Database={database};Username={database};Password=${{", connection, StringComparison.Ordinal);
        Assert.Contains($"make {database} \"${{{database.ToUpperInvariant()}_PASSWORD:?",
            Repository.Find("deploy/postgres/databases.sh")!.Text, StringComparison.Ordinal);
        Assert.Contains(database.ToUpperInvariant() + "_PASSWORD", Settings(Container("databases")));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_is_built_from_its_project_and_waits_for_what_it_needs(string name)
    {
        var service = MeshService.All.Single(known => known.Name == name);
        var build = (YamlMappingNode)Container(name).Children["build"];
        Assert.Equal("deploy/docker/Dockerfile", build.Text("dockerfile"));
        var arguments = (YamlMappingNode)build.Children["args"];
        Assert.Equal(service.Folder, arguments.Text("SERVICE"));
        Assert.Equal(service.Project, arguments.Text("PROJECT") ?? service.Folder + ".Service");
        Assert.NotNull(Repository.Find($"services/{service.Folder}/{service.Project}/{service.Project}.csproj"));
        var waits = (YamlMappingNode)Container(name).Children["depends_on"];
        Assert.All(waits.Children.Values, condition => Assert.Contains(
            ((YamlMappingNode)condition).Text("condition"), (string[])["service_healthy", "service_completed_successfully"]));
        Assert.Contains("127.0.0.1:808", ((YamlSequenceNode)Container(name).Children["ports"])[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_not_run_by_root_and_asks_a_health_path_and_port_that_exist()
    {
        Assert.Contains("\nUSER $APP_UID\n", Dockerfile, StringComparison.Ordinal);
        var path = HealthPath().Match(Dockerfile).Groups[1].Value;
        Assert.Contains($"\"{path}\"", Repository.Find("shared/ServiceDefaults/Health.cs")!.Text, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("/dev/tcp/127.0.0.1/8080", Dockerfile, StringComparison.Ordinal);
        Assert.Contains("AlignmentMesh.$PROJECT.dll", Dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Containers_have_pinned_images_read_only_file_systems_and_mount_only_what_exists() => Findings.None(
        from container in Containers(Whole).Concat(Containers(Servers))
        from finding in Faults(container.Key, container.Value)
        select finding);

    [Fact]
    public void Telemetry_goes_where_somebody_listens()
    {
        var settings = Container("rating-intake");
        Assert.StartsWith("http://jaeger:4318/", Value(settings, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), StringComparison.Ordinal);
        var metrics = Value(settings, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");
        Assert.StartsWith("http://prometheus:9090/api/v1/otlp/", metrics, StringComparison.Ordinal);
        var telemetry = Repository.Find("shared/ServiceDefaults/Telemetry.cs")!.Text;
        Assert.Contains("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", telemetry, StringComparison.Ordinal);
        Assert.Contains("--web.enable-otlp-receiver", Container("prometheus").Children["command"].AllNodes.Select(node => node.ToString()));
    }

    private static IEnumerable<string> Faults(string name, YamlMappingNode container)
    {
        if (container.Text("image") is { } image && !Pinned().IsMatch(image)) yield return $"{name}: {image} is not pinned";
        // RabbitMQ's image writes its configuration at start.
        if (name != "rabbitmq" && !Inherited(container, "read_only")) yield return $"{name}: writes to its file system";
        foreach (var mount in Mounts(container).Where(mount => !Path.Exists(Path.Combine(Repository.Root, mount))))
            yield return $"{name}: {mount} does not exist";
    }

    /// <summary>What the code of a service and of the shared projects reads and refuses to start without.</summary>
    private static IEnumerable<string> AskedBy(MeshService service)
    {
        var text = string.Concat(Repository.Sources
            .Where(file => file.Path.StartsWith($"services/{service.Folder}/{service.Project}/", StringComparison.Ordinal))
            .Select(file => file.Text));
        var section = Section().Match(text).Groups[1].Value;
        return Connection().Matches(text).Select(match => "ConnectionStrings__" + match.Groups[1].Value)
            .Concat(Peer().Matches(text).Select(match => "Services__" + match.Groups[1].Value))
            .Concat(RequiredOption().Matches(text).Select(match => $"{section}__{match.Groups[1].Value}"))
            .Concat(service.Database is null ? [] : ["ConnectionStrings__RabbitMq"]).Append("Auth__Authority").Distinct();
    }

    private static IEnumerable<KeyValuePair<string, YamlMappingNode>> Containers(string file) =>
        ((YamlMappingNode)((YamlMappingNode)Expressions.Document(file)).Children["services"]).Children
        .Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, (YamlMappingNode)pair.Value));

    private static YamlMappingNode Container(string name) => Containers(Whole).Single(container => container.Key == name).Value;

    private static YamlMappingNode? Environment(YamlMappingNode container) =>
        container.Children.TryGetValue("environment", out var node) ? (YamlMappingNode)node : null;

    private static IEnumerable<string> Settings(YamlMappingNode container) =>
        Environment(container) is { } environment ? Merged(environment).Select(pair => ((YamlScalarNode)pair.Key).Value!) : [];

    private static string Value(YamlMappingNode container, string setting) =>
        ((YamlScalarNode)Merged(Environment(container)!).First(pair => ((YamlScalarNode)pair.Key).Value == setting).Value).Value!;

    private static bool Inherited(YamlMappingNode container, string key) =>
        Merged(container).Any(pair => ((YamlScalarNode)pair.Key).Value == key && pair.Value.ToString() == "true");

    /// <summary>A mapping with what <c>&lt;&lt;</c> brings in.</summary>
    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Merged(YamlMappingNode node) =>
        node.Children.SelectMany(pair => pair switch
        {
            { Key: YamlScalarNode { Value: "<<" }, Value: YamlMappingNode other } => Merged(other),
            { Key: YamlScalarNode { Value: "<<" }, Value: YamlSequenceNode others } => others.OfType<YamlMappingNode>().SelectMany(Merged),
            _ => [pair],
        });

    private static IEnumerable<string> Mounts(YamlMappingNode container) =>
        container.Children.TryGetValue("volumes", out var volumes)
            ? volumes.AllNodes.OfType<YamlScalarNode>().Select(volume => volume.Value!)
                .Where(volume => volume.StartsWith("./", StringComparison.Ordinal)).Select(volume => volume.Split(':')[0])
            : [];

    [GeneratedRegex(@"GET (/[a-z/]+) HTTP")]
    private static partial Regex HealthPath();

    [GeneratedRegex(@"^[\w./-]+:v?\d+\.\d+[\w.-]*$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"GetConnectionString\(""(\w+)""\)")]
    private static partial Regex Connection();

    [GeneratedRegex(@"AddPeer<\w+>\(""(\w+)""")]
    private static partial Regex Peer();

    [GeneratedRegex(@"BindConfiguration\(""(\w+)""\)")]
    private static partial Regex Section();

    [GeneratedRegex(@"\[Required\]\s+public string (\w+)")]
    private static partial Regex RequiredOption();
}
