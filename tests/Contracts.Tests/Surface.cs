using System.Reflection;
using System.Text;

namespace AlignmentMesh.Contracts.Tests;

/// <summary>The wire surface as text: what other programs, stored events and messages under way depend on.</summary>
internal static class Surface
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(bool)] = "bool",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types)
        {
            text.Append(type.FullName).Append('\n');
            foreach (var line in ContractTypes.IsStatic(type) ? Values(type) : Properties(type))
                text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Properties(Type record)
    {
        var parameters = ContractTypes.Parameters(record);
        return
            from property in ContractTypes.Properties(record)
            let parameter = parameters.FirstOrDefault(one => one.Name == property.Name)
            let nullability = new NullabilityInfoContext().Create(property)
            let preset = parameter is { HasDefaultValue: true } ? $" = {parameter.DefaultValue ?? "null"}" : ""
            select $"{property.Name}: {NameOf(property.PropertyType, nullability)}{preset}";
    }

    /// <summary>Constants and lists of names: their values travel too. Methods and serialiser options do not.</summary>
    private static IEnumerable<string> Values(Type type) =>
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        let value = field.GetValue(null)
        let text = value switch
        {
            IEnumerable<string> names => string.Join(", ", names),
            IReadOnlyDictionary<string, Type> types =>
                string.Join(", ", types.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value.Name}")),
            IEnumerable<int> numbers => string.Join(", ", numbers),
            (decimal least, decimal most) => FormattableString.Invariant($"{least}..{most}"),
            string or int or long or double or bool => FormattableString.Invariant($"{value}"),
            _ => null,
        }
        where text is not null
        select $"{field.Name} = {text}";

    private static string NameOf(Type type, NullabilityInfo nullability)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var name = Keywords.GetValueOrDefault(bare) ?? bare.Name.Split('`')[0];
        if (bare.IsGenericType)
            name += $"<{string.Join(", ", bare.GetGenericArguments().Zip(nullability.GenericTypeArguments, NameOf))}>";

        return nullability.ReadState == NullabilityState.Nullable ? name + "?" : name;
    }
}
