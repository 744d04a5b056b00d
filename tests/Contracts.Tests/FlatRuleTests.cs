namespace AlignmentMesh.Contracts.Tests;

public sealed class FlatRuleTests
{
    [Fact]
    public void Contracts_have_been_found() => Assert.Contains(typeof(RatingsSubmitted), ContractTypes.Records);

    [Fact]
    public void Contracts_are_flat_sealed_records() => Assert.Empty(ContractTypes.Records.SelectMany(FlatRule.Shape));

    [Fact]
    public void Contracts_hold_primitives_lists_and_contracts() => Assert.Empty(ContractTypes.Records.SelectMany(FlatRule.Types));

    [Fact]
    public void Stored_events_hold_no_number_whose_text_depends_on_a_serialiser() =>
        Assert.Empty(LedgerEventNames.Types.Values.SelectMany(FlatRule.StoredTypes));

    [Fact]
    public void Every_contract_has_a_name_of_its_own() =>
        Assert.DoesNotContain(ContractTypes.All.CountBy(type => type.Name, StringComparer.OrdinalIgnoreCase), name => name.Value > 1);

    [Theory]
    [InlineData(typeof(NotSealed))]
    [InlineData(typeof(NotARecord))]
    [InlineData(typeof(WithABase))]
    [InlineData(typeof(WithAMarker))]
    public void A_contract_that_is_not_flat_is_found(Type type) =>
        Assert.True(FlatRule.Shape(type).Count() > 1, "nested, and one thing more");

    [Theory]
    [InlineData(typeof(WithAnObject))]
    [InlineData(typeof(WithAnEnum))]
    [InlineData(typeof(WithAStruct))]
    [InlineData(typeof(WithAList))]
    public void A_property_of_another_type_is_found(Type type) => Assert.Single(FlatRule.Types(type));

    [Fact]
    public void A_fraction_in_a_stored_event_is_found() => Assert.Single(FlatRule.StoredTypes(typeof(WithAFraction)));

    private record NotSealed(int Value);

    private sealed class NotARecord
    {
        public int Value { get; init; }
    }

    private sealed record WithABase(int Value, int Other) : NotSealed(Value);

    private sealed record WithAMarker(int Value) : IDisposable
    {
        public void Dispose() => GC.KeepAlive(this);
    }

    private sealed record WithAnObject(object Value);

    private sealed record WithAnEnum(DayOfWeek Value);

    private sealed record WithAStruct(KeyValuePair<string, int> Value);

    private sealed record WithAList(List<string> Value);

    private sealed record WithAFraction(IReadOnlyList<double?> Values);
}
