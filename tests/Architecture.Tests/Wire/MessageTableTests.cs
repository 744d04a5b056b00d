using AlignmentMesh.Architecture.Tests.Wiring;

namespace AlignmentMesh.Architecture.Tests.Wire;

public sealed class MessageTableTests
{
    [Fact]
    public void The_table_of_messages_is_what_the_services_do()
    {
        var done =
            from service in Compiled.Services()
            let name = MessageTable.Kebab(service.Project.Owner)
            let published = MessageTable.Published(Compiled.Load(service.Project)).Select(type => type.Name)
                .Concat(Repository.SourcesOf(service.Project).SelectMany(MessageTable.Published))
            let consumed = service.Types.SelectMany(WiringTests.ConsumedBy).Select(type => type.Name)
            from sentence in published.Select(message => MessageTable.Publishes(name, message))
                .Concat(consumed.Select(message => MessageTable.ListensTo(name, message)))
            select sentence;

        Assert.Equal(done.Distinct().Order(StringComparer.Ordinal), MessageTable.Documented(Repository.Find("services/README.md")!));
    }

    [Fact]
    public void A_message_has_one_publisher() =>
        Findings.None(
            from sentence in MessageTable.Documented(Repository.Find("services/README.md")!)
            where sentence.Contains(" publishes ", StringComparison.Ordinal)
            group sentence by sentence.Split(' ')[^1] into publishers
            where publishers.Count() > 1
            select string.Join(", ", publishers));

    [Fact]
    public void Publishing_calls_are_found_with_their_inferred_type() =>
        Assert.Contains(typeof(Version), MessageTable.Published(typeof(MessageTableTests).Assembly));

    [Fact]
    public void Publishing_calls_are_found_with_the_type_they_make() =>
        Assert.Equal(["M"], Findings.In(
            MessageTable.Published, "class R { void P() { bus.Publish(new M(1), x => { }); Other(new N()); } }"));

    [Fact]
    public void A_row_of_the_table_is_read_as_sentences() =>
        Assert.Equal(
            ["a-b listens to M", "c listens to M", "x publishes M"],
            MessageTable.Documented(new SourceFile("README.md", "| Message | By | To |\n|---|---|---|\n| `M` | x | a-b, c |\n")));

    [Theory]
    [InlineData("RatingIntake", "rating-intake")]
    [InlineData("Cli", "cli")]
    public void Names_are_read_in_kebab_case(string name, string kebab) => Assert.Equal(kebab, MessageTable.Kebab(name));

    /// <summary>Never called; there for the metadata it leaves.</summary>
    internal static void Specimen() => Publish(new Version());

    private static void Publish<T>(T message) => ArgumentNullException.ThrowIfNull(message);
}
