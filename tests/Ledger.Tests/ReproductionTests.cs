using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class ReproductionTests
{
    [Theory]
    [InlineData("""{"a":[1,{"b":0.25}],"c":"x"}""", """{"c":"x","a":[1.0,{"b":25e-2}]}""", 2, true, null)]
    [InlineData("""{"p":0.3}""", """{"p":0.30000000000000004}""", 1, false, null)]
    [InlineData("""{"p":0.3}""", """{"p":0.300000000001}""", 1, false, "p is 0.300000000001, recomputed 0.3")]
    [InlineData("""{"p":0}""", """{"p":1e-300}""", 1, false, "p is 1e-300, recomputed 0")]
    [InlineData("""{"a":{"v":"ok"}}""", """{"a":{"v":"contested"}}""", 0, false, "a.v is contested, recomputed ok")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", 0, false, "a has 1 elements, recomputed 2")]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", 1, false, "b is in one of them only")]
    [InlineData("""{"a":null}""", """{"a":0}""", 0, false, "a is 0, recomputed ")]
    public void Numbers_may_differ_in_their_last_digits_and_nothing_else(
        string recomputed, string published, long numbers, bool toTheBit, string? difference) =>
        Assert.Equal(new Reproduction(numbers, toTheBit, difference), Reproduction.Of(Json(recomputed), Json(published)));

    [Fact]
    public void The_next_double_agrees_and_is_not_the_same_bits() => Gen.Double[1e-6, 1].Sample(number =>
    {
        var found = Reproduction.Of(
            JsonSerializer.SerializeToElement(number), JsonSerializer.SerializeToElement(Math.BitIncrement(number)));
        Assert.True(found is { Holds: true, ToTheBit: false });
    });

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
