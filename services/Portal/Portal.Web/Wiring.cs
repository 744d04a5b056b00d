using AlignmentMesh.Portal.Web.Assets;
using AlignmentMesh.Portal.Web.Profiles;
using AlignmentMesh.Portal.Web.Cells;
using AlignmentMesh.Portal.Web.Disagreeing;
using AlignmentMesh.Portal.Web.Explaining;
using AlignmentMesh.Portal.Web.Figures;
using AlignmentMesh.Portal.Web.Home;
using AlignmentMesh.Portal.Web.Lab;
using AlignmentMesh.Portal.Web.Layout;
using AlignmentMesh.Portal.Web.Live;
using AlignmentMesh.Portal.Web.Matrix;
using AlignmentMesh.Portal.Web.Reading;
using AlignmentMesh.Portal.Web.Replaying;
using AlignmentMesh.Portal.Web.Risk;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.ResponseCompression;

namespace AlignmentMesh.Portal.Web;

/// <summary>What the portal is made of: clients of the three services, pages, and files. It has no store and no rules.</summary>
internal static class Wiring
{
    public const string Service = "portal";

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddPeer<IntakeClient>("RatingIntake", Patience.Limit);
        builder.AddPeer<MatrixClient>("MatrixAggregation", Patience.Limit);
        builder.AddPeer<RiskClient>("RiskScoring", Patience.Limit);
        if (builder.Configuration["Services:CheckpointSigning"] is not null)
            builder.AddPeer<SigningClient>("CheckpointSigning", Patience.Limit);
        services.AddOptions<PortalOptions>().BindConfiguration("Portal");
        services.AddScoped<VersionReader>().AddSingleton<PortalAssets>().AddSingleton<NewestVersions>().AddSingleton<SignedLedgers>()
            .AddSingleton<ApiDescriptions>();
        services.AddScoped<FrontMatter>().AddScoped<Fragments>();
        services.AddScoped<IFigureSource, MatrixFigures>().AddScoped<IFigureSource, CellFigures>()
            .AddScoped<IFigureSource, RiskFigures>().AddScoped<IFigureSource, DividingFigures>()
            .AddScoped<IFigureSource, ProfileFigures>().AddScoped<IFigureSource, LabFigures>();
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        services.AddResponseCompression(options =>
        {
            // No page holds a secret that a guess in the address could be compared with.
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
    }

    public static void MapPortal(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UsePageSecurity();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ShowWentWrongAsync, CreateScopeForErrors = true });
        app.UseAntiforgery();
        app.MapAssets();
        app.MapFigureFiles();
        app.MapApiFiles();
        app.MapReplaySteps();
        app.MapLive();
        app.MapRazorComponents<App>().RequireAuthorization(Access.Reader);
    }

    private static Task ShowWentWrongAsync(HttpContext http) =>
        new RazorComponentResult<WentWrong> { StatusCode = StatusCodes.Status500InternalServerError }.ExecuteAsync(http);
}
