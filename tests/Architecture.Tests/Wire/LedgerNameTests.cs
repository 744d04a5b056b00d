using AlignmentMesh.Contracts;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AlignmentMesh.Architecture.Tests.Wire;

public sealed class LedgerNameTests
{
    [Fact]
    public void Every_event_of_the_ledger_has_its_name() =>
        Assert.Equal(
            EventsIn(Repository.Find("shared/Contracts/LedgerEvents.cs")!).Order(StringComparer.Ordinal),
            LedgerEventNames.Types.Values.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_stored_name_is_the_type_name_in_kebab_case() =>
        Assert.All(LedgerEventNames.Types, pair => Assert.Equal(MessageTable.Kebab(pair.Value.Name), pair.Key));

    [Fact]
    public void Parts_of_events_are_no_events() =>
        Assert.Equal(["A"], EventsIn(new SourceFile("x.cs", "record A(IReadOnlyList<B> Bs, C? C); record B(int I); record C(int I);")));

    /// <summary>The records of the file that are not part of another of its records.</summary>
    private static IEnumerable<string> EventsIn(SourceFile file)
    {
        var parts = file.All<RecordDeclarationSyntax>()
            .SelectMany(record => record.ParameterList?.Parameters ?? [])
            .SelectMany(parameter => parameter.Type!.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            .Select(name => name.Identifier.Text)
            .ToHashSet();
        return file.All<RecordDeclarationSyntax>().Select(record => record.Identifier.Text).Where(name => !parts.Contains(name));
    }
}
