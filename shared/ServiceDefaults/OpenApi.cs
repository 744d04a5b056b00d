using System.Reflection;
using System.Text.Json;
using AlignmentMesh.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>A body or an answer as it may look; the OpenAPI document shows it wherever its type stands.</summary>
public sealed record ContractExample(object Value)
{
    /// <summary>The example among the resources of <paramref name="service"/> that has its type's name.</summary>
    public static ContractExample From(Assembly service, Type type)
    {
        using var resource = service.GetManifestResourceStream(type.Name + ".json")
            ?? throw new InvalidOperationException($"The example of {type.Name} is not among the resources.");
        return new ContractExample(JsonSerializer.Deserialize(resource, type, ContractJson.Options)!);
    }
}

/// <summary>Every body that a service takes and gives, by example.</summary>
public static class ContractExamples
{
    /// <param name="service">Has the answers among its resources, each named after its type.</param>
    public static void AddExamples(
        this IServiceCollection services, Assembly service, IEnumerable<object> requests, IEnumerable<Type> answers)
    {
        foreach (var request in requests) services.AddSingleton(new ContractExample(request));
        foreach (var answer in answers) services.AddSingleton(_ => ContractExample.From(service, answer));
    }
}

/// <summary>The OpenAPI 3.1 document of a service, at <c>/openapi/v1.json</c>.</summary>
public static class OpenApi
{
    internal const string Version = "v1";

    internal static Action<OpenApiOptions> Describe(string service) => options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "AlignmentMesh " + service;
            document.Info.Version = Version;
            document.Info.Description =
                "Errors are RFC 9457 problems whose type has a page under /problems. "
                + "Risk figures are expert judgement, not observed frequency.";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            var example = context.ApplicationServices.GetServices<ContractExample>().FirstOrDefault(one => one.Value.GetType() == type);
            if (example is not null) schema.Examples = [JsonSerializer.SerializeToNode(example.Value, type, ContractJson.Options)!];
            return Task.CompletedTask;
        });
    };
}
