using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.Contracts.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<string> Names => [.. ContractTypes.Records.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_contract_comes_back_as_it_was_sent(string name)
    {
        var type = ContractTypes.Records.Single(one => one.Name == name);
        Gen.Int.Sample(seed => Assert.Equal("", Lost(new Samples(seed).Of(type))), iter: 200, threads: 1);
    }

    [Fact]
    public void Names_are_camel_case_and_nulls_are_left_out() =>
        Assert.Equal("""{"technique":"RLHF","failureMode":"S-TAX"}""", Write(new RatedItem("RLHF", "S-TAX")));

    [Theory]
    [InlineData("""{"round":1}""")]
    [InlineData("""{"round":"1","mode":"open"}""")]
    [InlineData("""{"round":1,"mode":null}""")]
    public void A_missing_null_or_quoted_value_is_an_error(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RoundOpened>(json, ContractJson.Options));

    [Fact]
    public void A_property_nobody_knows_is_ignored_so_that_additions_are_safe() =>
        Assert.Equal(
            new RoundOpened(1, "open"),
            JsonSerializer.Deserialize<RoundOpened>("""{"round":1,"mode":"open","later":true}""", ContractJson.Options));

    [Fact]
    public void A_value_that_the_serialiser_loses_is_noticed() => Assert.NotEqual("", Lost(new Lossy(new Score(7))));

    [Fact]
    public void Samples_differ_from_seed_to_seed() =>
        Assert.NotEqual(Describe(new Samples(1).Of(typeof(RatingsSubmitted))), Describe(new Samples(2).Of(typeof(RatingsSubmitted))));

    private static string Lost(object sent)
    {
        var read = JsonSerializer.Deserialize(Write(sent), sent.GetType(), ContractJson.Options)!;
        string before = Describe(sent), after = Describe(read);
        return before == after ? "" : $"sent {before}, read {after}";
    }

    private static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), ContractJson.Options);

    /// <summary>A value's fields as text: records compare lists by reference, this compares what is in them.</summary>
    private static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IDictionary pairs => Join(pairs.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"{key}={Describe(pairs[key])}")),
        IEnumerable items => Join(items.Cast<object?>().Select(Describe)),
        _ => Join(value.GetType().GetProperties().Select(property => $"{property.Name}={Describe(property.GetValue(value))}")),
    };

    private static string Join(IEnumerable<string> parts) => new StringBuilder("[").AppendJoin(", ", parts).Append(']').ToString();

    /// <summary>A guarded struct in a contract: stored 7, read back 0, without an error.</summary>
    private readonly record struct Score
    {
        public Score(int value) => Value = value;

        public int Value { get; }
    }

    private sealed record Lossy(Score Score);
}
