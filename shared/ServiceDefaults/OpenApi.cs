using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AlignmentMesh.ServiceDefaults;

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
    };
}
