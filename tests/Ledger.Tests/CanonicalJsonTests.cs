using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;

namespace AlignmentMesh.Ledger.Tests;

public class CanonicalJsonTests
{
    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0e5", "0")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("999999999999999900000", "999999999999999900000")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("-1.5e-7", "-1.5e-7")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("99999999999999991611392", "1e+23")]
    [InlineData("4.5", "4.5")]
    [InlineData("4.50", "4.5")]
    [InlineData("1E30", "1e+30")]
    [InlineData("2e-3", "0.002")]
    [InlineData("120", "120")]
    [InlineData("9007199254740992", "9007199254740992")]
    public void A_number_is_written_as_ECMAScript_writes_it(string json, string expected) => Assert.Equal(expected, Canonical(json));

    [Fact]
    public void Every_finite_double_reads_back_as_itself() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
            double.Parse(EcmaScriptNumber.Format(value), CultureInfo.InvariantCulture) == value);

    [Fact]
    public void Keys_are_ordered_by_UTF16_code_units_not_by_code_points() =>
        Assert.Equal(
            "{\"1\":0,\"a\":0,\"\u00e9\":0,\"\ud83d\ude02\":0,\"\ufb33\":0}",
            Canonical("""{"\ufb33":0,"\u00e9":0,"\ud83d\ude02":0,"a":0,"1":0}"""));

    [Fact]
    public void Only_control_characters_quotes_and_backslashes_are_escaped() =>
        Assert.Equal(
            """["\b\t\n\f\r\u0000\u001f\"\\/<>&'é€😂"]""",
            Canonical("""["\b\t\n\f\r\u0000\u001F\"\\\/<>&'\u00e9€\ud83d\ude02"]"""));

    [Fact]
    public void White_space_between_values_is_dropped() =>
        Assert.Equal("""{"a":[1,{},[],null,true,false],"b":" x "}""",
            Canonical(" { \"b\" : \" x \" ,\n\t\"a\" : [ 1 , { } , [ ] , null , true , false ] }\r\n"));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"x":[{"a":1,"a":1}]}""")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("01")]
    [InlineData("[1,]")]
    [InlineData("{} {}")]
    [InlineData("")]
    public void What_has_no_single_canonical_form_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Canonical(json));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused() =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Canonicalise([(byte)'"', 0xff, (byte)'"']));

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
        Assert.Equal(Nested(CanonicalJson.MaxDepth), Canonical(Nested(CanonicalJson.MaxDepth)));
        Assert.ThrowsAny<JsonException>(() => Canonical(Nested(CanonicalJson.MaxDepth + 1)));
    }

    [Fact]
    public void Serialising_refuses_NaN_and_text_that_writers_would_silently_change()
    {
        var relaxed = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Serialize(double.NaN, relaxed));
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Serialize(new[] { "a\ud800" }, relaxed));
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Serialize(new Dictionary<string, int> { ["\udc00b"] = 1 }, relaxed));
        Assert.Equal("[\"😂\"]"u8, CanonicalJson.Serialize(new[] { "😂" }, relaxed));
    }

    [Fact]
    public void Canonicalising_twice_changes_nothing_and_key_order_does_not_matter() =>
        Gen.Dictionary(Gen.String, Gen.Select(Gen.Double, Gen.String, (number, text) => (number, text)))[0, 6].Sample(fields =>
        {
            var valid = fields.Where(field =>
                double.IsFinite(field.Value.number) && IsWellFormed(field.Key) && IsWellFormed(field.Value.text));
            var forward = valid.ToDictionary(field => field.Key, field => new object[] { field.Value.number, field.Value.text });
            var backward = forward.Reverse().ToDictionary();
            var once = CanonicalJson.Serialize(forward, JsonSerializerOptions.Default);
            return once.AsSpan().SequenceEqual(CanonicalJson.Canonicalise(once))
                && once.AsSpan().SequenceEqual(CanonicalJson.Serialize(backward, JsonSerializerOptions.Default));
        });

    [SkippableFact]
    public void The_example_documents_of_the_reference_implementation_come_out_byte_for_byte()
    {
        foreach (var sample in Vectors.ThirdParty("audit/rfc8785-jcs.json").GetProperty("cases").EnumerateArray())
        {
            var output = CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(sample.GetProperty("input").GetString()!));
            Assert.Equal(sample.GetProperty("output_utf8_hex").GetString(), Convert.ToHexStringLower(output));
        }
    }

    [SkippableFact]
    public void The_doubles_of_the_reference_implementation_are_written_as_it_writes_them()
    {
        var vectors = Vectors.ThirdParty("audit/rfc8785-jcs.json");
        foreach (var sample in vectors.GetProperty("numbers").EnumerateArray())
            Assert.Equal(sample.GetProperty("json").GetString(), EcmaScriptNumber.Format(Bits(sample)));
        foreach (var sample in vectors.GetProperty("must_fail_numbers").EnumerateArray())
            Assert.ThrowsAny<JsonException>(() => EcmaScriptNumber.Format(Bits(sample)));
    }

    private static double Bits(JsonElement sample) =>
        BitConverter.UInt64BitsToDouble(Convert.ToUInt64(sample.GetProperty("ieee754").GetString(), 16));

    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);
}
