using AlignmentMesh.Deploy.Local.Keys;

namespace AlignmentMesh.Deploy.Local.Services;

/// <summary>What a service is told when it starts. The names are part of every service's contract with its operators.</summary>
internal sealed record ServiceEnvironment(
    IReadOnlyDictionary<string, string> Databases, Uri RabbitMq, IReadOnlyDictionary<MeshService, Uri> Addresses, LocalKeys Keys,
    string SigningFolder, Uri? RabbitMqManagement = null)
{
    /// <summary>Settings of the caller's own that must not reach a service unseen.</summary>
    public static IReadOnlyList<string> Withheld { get; } =
        ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "URLS", "ConnectionStrings__", "Services__", "Auth__", "Ledger__", "Signing__",
        "MESH_"];

    public Dictionary<string, string> For(MeshService service, Uri address)
    {
        var values = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            ["ASPNETCORE_ENVIRONMENT"] = "Local",
            ["Auth__LocalPublicKeyFile"] = Keys.TokenPublicFile,
        };
        // Who has no database consumes no messages either, and is not told how to.
        if (service.Database is { } database)
        {
            values["ConnectionStrings__Postgres"] = Databases[database];
            values["ConnectionStrings__RabbitMq"] = RabbitMq.AbsoluteUri;
            if (RabbitMqManagement is not null)
                values["ConnectionStrings__RabbitMqManagement"] = RabbitMqManagement.AbsoluteUri;
        }

        foreach (var (other, where) in Addresses)
            values[other.AddressVariable] = where.GetLeftPart(UriPartial.Authority);
        if (service == MeshService.RatingIntake)
        {
            values["Ledger__PageKeyFile"] = Keys.PagePrivateFile;
            values["Ledger__ReceiptKeyFile"] = Keys.ReceiptPrivateFile;
            values["Ledger__CheckpointPublicKeyFile"] = Keys.CheckpointPublicFile;
        }

        if (service == MeshService.MatrixAggregation)
            values["Ledger__PagePublicKeyFile"] = Keys.PagePublicFile;
        if (service == MeshService.CheckpointSigning)
        {
            values["Signing__KeyFile"] = Keys.CheckpointPrivateFile;
            values["Signing__StateFolder"] = SigningFolder;
        }

        return values;
    }
}
