using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Wiring;

/// <summary>A consumer stores and never publishes: docs/adr/0002 says what happens to its endpoint otherwise.</summary>
internal static class ConsumerRule
{
    private static readonly HashSet<string> Ways =
    [
        "IBus", "IBusControl", "IPublishingBus", "IPublishEndpoint", "IPublishEndpointProvider", "ISendEndpoint", "ISendEndpointProvider",
        "Publish", "Send", "Forward", "Respond", "RespondAsync", "PublishBatch", "SendBatch",
    ];

    public static IEnumerable<string> Check(SourceFile file) =>
        from type in file.All<TypeDeclarationSyntax>()
        where IsConsumer(type)
        from name in type.DescendantNodes().OfType<SimpleNameSyntax>()
        where Ways.Contains(name.Identifier.Text)
        select file.At(name, $"{name.Identifier.Text} in the consumer {type.Identifier.Text}: a consumer stores, the relay publishes");

    private static bool IsConsumer(TypeDeclarationSyntax type) =>
        type.BaseList?.Types.Any(parent => parent.Type is GenericNameSyntax { Identifier.Text: "IConsumer" }) ?? false;

    /// <summary>
    /// What of <paramref name="isBus"/> a type reaches through constructors, its own and those of the types it is given.
    /// </summary>
    public static IEnumerable<string> Reaches(Type type, Func<Type, bool> isOurs, Func<Type, bool> isBus)
    {
        var seen = new HashSet<Type> { type };
        var open = new Stack<Type>([type]);
        while (open.TryPop(out var next))
        {
            var parameters = next.GetConstructors().SelectMany(constructor => constructor.GetParameters());
            foreach (var given in parameters.Select(parameter => parameter.ParameterType))
            {
                if (isBus(given))
                    yield return $"{type.Name} reaches {given.Name} through {next.Name}: a consumer stores, the relay publishes";
                else if (isOurs(given) && seen.Add(given))
                    open.Push(given);
            }
        }
    }
}
