using AlignmentMesh.CheckpointSigning.Service.ReportingSigning;
using AlignmentMesh.CheckpointSigning.Service.SigningCheckpoints;
using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.CheckpointSigning.Service;

/// <summary>What the checkpoint signer is made of, by name: its state, its loop and its one route.</summary>
internal static class Wiring
{
    public static void AddCheckpointSigning(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SigningOptions>().BindConfiguration("Signing").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SigningMetrics>().AddSingleton<StateFolder>().AddSingleton<CheckpointKey>().AddSingleton<StudySigner>();
        builder.AddPeer<IntakeFeed>("RatingIntake", IntakeFeed.Limit);
        services.AddSingleton<SigningLoop>().AddHostedService(provider => provider.GetRequiredService<SigningLoop>());
        services.AddHealthChecks().AddCheck<SigningHealth>("signing", tags: [Health.Readiness]);
        services.AddSingleton(new ContractExample(Example));
    }

    public static void MapCheckpointSigning(this WebApplication app) => app.MapGroup("/api/v1").MapReportSigning();

    private static SigningReport Example => new(
        [new SignedLedger("my-study", 1, 4, "173d92c93ff4b2f9c107b38ee02174e31eb66ec6871478a877838fa7bd1e879b", Refusal: null)]);
}
