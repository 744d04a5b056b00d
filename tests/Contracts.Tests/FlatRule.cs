namespace AlignmentMesh.Contracts.Tests;

/// <summary>
/// A contract is a sealed record of primitives, lists and other contracts: no base class, no marker interface, no type that
/// means something else in another program.
/// </summary>
internal static class FlatRule
{
    private static readonly HashSet<Type> Primitives =
    [
        typeof(string), typeof(int), typeof(long), typeof(bool), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTimeOffset),
    ];

    /// <summary>What is stored forever and hashed: nothing whose text depends on a serialiser (numbers are decimal strings).</summary>
    private static readonly HashSet<Type> Stored = [typeof(string), typeof(int), typeof(long), typeof(bool)];

    public static IEnumerable<string> Shape(Type record)
    {
        if (!record.IsSealed || !ContractTypes.IsRecord(record))
            yield return $"{record.Name}: a contract is a sealed record";
        if (record.BaseType != typeof(object))
            yield return $"{record.Name}: a contract has no base class";
        if (record.IsNested || record.IsGenericType)
            yield return $"{record.Name}: a contract is a top-level type without type parameters";
        foreach (var contract in record.GetInterfaces().Where(one => one != typeof(IEquatable<>).MakeGenericType(record)))
            yield return $"{record.Name}: a contract implements nothing, not {contract.Name}";
    }

    public static IEnumerable<string> Types(Type record) => Types(record, Primitives, []);

    public static IEnumerable<string> StoredTypes(Type record) => Types(record, Stored, []);

    private static IEnumerable<string> Types(Type record, HashSet<Type> allowed, HashSet<Type> seen) =>
        !seen.Add(record)
            ? []
            : ContractTypes.Properties(record)
                .SelectMany(property => Type(property.PropertyType, $"{record.Name}.{property.Name}", allowed, seen));

    private static IEnumerable<string> Type(Type type, string where, HashSet<Type> allowed, HashSet<Type> seen)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (allowed.Contains(bare))
            return [];
        if ((ContractTypes.ItemOf(bare) ?? ContractTypes.ValueOf(bare)) is { } part)
            return Type(part, where, allowed, seen);
        if (bare.Assembly == typeof(ContractJson).Assembly && ContractTypes.IsRecord(bare))
            return Types(bare, allowed, seen);

        return [$"{where}: {bare.Name} is not allowed in this contract"];
    }
}
