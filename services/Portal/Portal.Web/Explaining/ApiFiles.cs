using System.Text;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.Portal.Web.Explaining;

internal static class ApiFiles
{
    /// <summary>The services' OpenAPI documents as they are, for readers who cannot reach the services themselves.</summary>
    public static void MapApiFiles(this WebApplication app) =>
        app.MapGet("/api/{service}.json", SendAsync).ExcludeFromDescription().RequireAuthorization(Access.Reader);

    private static async Task<IResult> SendAsync(
        string service, IntakeClient intake, MatrixClient matrices, RiskClient risks, CancellationToken token)
    {
        ServiceReader[] readers = [intake, matrices, risks];
        if (readers.FirstOrDefault(reader => reader.Service == service) is not { } found) return Results.NotFound();
        var (document, missing) = await found.DescriptionAsync(token);
        if (document is null) return Results.Problem(missing!.Detail, statusCode: missing.Status, title: missing.Title);
        using (document) return Results.Text(document.RootElement.GetRawText(), "application/json", Encoding.UTF8);
    }
}
