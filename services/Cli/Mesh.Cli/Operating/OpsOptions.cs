using System.CommandLine;
using AlignmentMesh.Mesh.Cli.Client;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary>Options that several operating commands take.</summary>
internal static class OpsOptions
{
    public static IReadOnlyList<Peer> All { get; } = [Peer.Intake, Peer.Matrix, Peer.Risk];

    /// <summary>Services that consume a queue.</summary>
    public static IReadOnlyList<Peer> Consuming { get; } = [Peer.Matrix, Peer.Risk];

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Say what would be done, and change nothing" };

    public static Option<string?> Service(IReadOnlyList<Peer> among)
    {
        var option = new Option<string?>("--service")
        {
            Description = $"One service: {string.Join(", ", among.Select(peer => peer.Name))} (default: all of these)",
            HelpName = "NAME",
        };
        option.AcceptOnlyFromAmong([.. among.Select(peer => peer.Name)]);
        return option;
    }

    public static IEnumerable<Peer> Chosen(string? service, IReadOnlyList<Peer> among) =>
        among.Where(peer => service is null || peer.Name == service);

    public static Option<int> Limit(int usual, int most)
    {
        var option = new Option<int>("--limit")
        {
            Description = $"At most so many, 1..{most}",
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var given && (given < 1 || given > most))
                result.AddError($"--limit is '{given}'; allowed: 1..{most}");
        });
        return option;
    }
}
