namespace AlignmentMesh.Contracts.Tests;

/// <summary>Builds a filled sample of any contract; the same seed gives the same sample.</summary>
internal sealed class Samples(int seed)
{
    private static readonly string[] Texts =
        ["", "RLHF", "a b", "\"quoted\" \\ / <b>&amp;</b>", "Zürich \u2014 日本語 \U0001F600", "line\nline\ttab\u0001", "0.1"];

    private readonly Random _random = new(seed);

    public object Of(Type record) => Activator.CreateInstance(
        record,
        [.. ContractTypes.Parameters(record).Select(parameter => Value(parameter.ParameterType, ContractTypes.IsNullable(parameter)))])!;

    private object? Value(Type type, bool nullable)
    {
        if (nullable && _random.Next(3) == 0)
            return null;

        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (ContractTypes.ItemOf(bare) is { } item)
            return List(item);
        if (ContractTypes.ValueOf(bare) is { } value)
            return Dictionary(value);

        return Primitive(bare) ?? Of(bare);
    }

    private object? Primitive(Type type) => type switch
    {
        _ when type == typeof(string) => Texts[_random.Next(Texts.Length)],
        _ when type == typeof(int) => _random.Next(int.MinValue, int.MaxValue),
        _ when type == typeof(long) => _random.NextInt64(long.MinValue, long.MaxValue),
        _ when type == typeof(bool) => _random.Next(2) == 1,
        _ when type == typeof(double) => (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-20, 20)),
        _ when type == typeof(decimal) => new decimal(_random.Next(), _random.Next(), 0, _random.Next(2) == 1, (byte)_random.Next(10)),
        _ when type == typeof(Guid) => new Guid(Bytes(16)),
        _ when type == typeof(DateTimeOffset) =>
            new DateTimeOffset(_random.NextInt64(DateTime.MaxValue.Ticks / 2), TimeSpan.FromMinutes(_random.Next(0, 60))),
        _ => null,
    };

    private Array List(Type item)
    {
        var list = Array.CreateInstance(item, _random.Next(4));
        for (var i = 0; i < list.Length; i++)
            list.SetValue(Value(item, nullable: false), i);

        return list;
    }

    private object Dictionary(Type value)
    {
        var type = typeof(Dictionary<,>).MakeGenericType(typeof(string), value);
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(type)!;
        foreach (var key in Texts.Take(_random.Next(4)))
            dictionary[key] = Value(value, nullable: false);

        return dictionary;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
