using System.Text.Json;
using System.Text.Json.Serialization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Terminal;

/// <summary>JSON on standard output: camelCase, numbers in full.</summary>
internal static class Json
{
    /// <summary>As the services write it, over several lines.</summary>
    public static readonly JsonSerializerOptions Contract = new(ContractJson.Options) { WriteIndented = true };

    /// <summary>With what is unknown written as null, for files whose fields are all promised.</summary>
    public static readonly JsonSerializerOptions Complete = new(Contract) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public static void WriteJson<T>(this Shell shell, T value, JsonSerializerOptions? options = null) =>
        shell.Out.WriteLine(JsonSerializer.Serialize(value, options ?? Contract));
}
