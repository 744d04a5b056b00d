using System.Reflection;
using System.Runtime.CompilerServices;

namespace AlignmentMesh.Contracts.Tests;

/// <summary>Every public type of the contracts, found by reflection.</summary>
internal static class ContractTypes
{
    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(ContractJson).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The ones that travel; the rest are static classes of names and conventions.</summary>
    public static IReadOnlyList<Type> Records { get; } = [.. All.Where(type => !IsStatic(type))];

    /// <summary>The constructor that JSON uses and whose parameters are the record's properties, in order.</summary>
    public static ParameterInfo[] Parameters(Type record) =>
        record.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First().GetParameters();

    public static bool IsStatic(Type type) => type is { IsAbstract: true, IsSealed: true };

    public static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    public static bool IsNullable(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    /// <summary>Properties as written in the record, without what compilers add.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod!.GetCustomAttribute<CompilerGeneratedAttribute>() is not null || !IsRecord(record));

    /// <summary>T of <c>IReadOnlyList&lt;T&gt;</c>, or null.</summary>
    public static Type? ItemOf(Type type) => GenericOf(type, typeof(IReadOnlyList<>))?[0];

    /// <summary>T of <c>IReadOnlyDictionary&lt;string, T&gt;</c>, or null.</summary>
    public static Type? ValueOf(Type type) =>
        GenericOf(type, typeof(IReadOnlyDictionary<,>)) is [var key, var value] && key == typeof(string) ? value : null;

    private static Type[]? GenericOf(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition ? type.GetGenericArguments() : null;
}
