using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops subscription rewind STUDY --to N</c>.</summary>
internal static class SubscriptionRewind
{
    private static readonly Peer[] Sending = [Peer.Intake, Peer.Matrix];

    public static Command Create(Shell shell)
    {
        var (study, dryRun, json) = (ReadingOptions.Study(), OpsOptions.DryRun(), ReadingOptions.Json());
        var to = new Option<long>("--to")
        {
            Description = "Ledger index, or version, behind which everything is sent again",
            HelpName = "N",
            Required = true,
        };
        var service = new Option<string>("--service")
        {
            Description = $"Whose messages: {string.Join(" or ", Sending.Select(peer => peer.Name))}",
            HelpName = "NAME",
            DefaultValueFactory = _ => Peer.Intake.Name,
        };
        service.AcceptOnlyFromAmong([.. Sending.Select(peer => peer.Name)]);
        var command = new Command("rewind", "Send ledger pages or the newest version again; consumers ignore what they have")
        {
            study, to, service, dryRun, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var peer = Sending.Single(known => known.Name == parsed.GetRequiredValue(service));
            var client = new OperatorClients(shell).Of(peer);
            var rewound = await client.PostAsync<Rewound>(
                "operations/subscription:rewind",
                new RewindRequest(parsed.GetRequiredValue(study), parsed.GetValue(to), parsed.GetValue(dryRun)), client.NewKey(), ct);
            var went = rewound.DryRun ? "would go" : "went";
            if (parsed.GetValue(json))
                shell.WriteJson(rewound);
            else
                shell.Out.WriteLine($"{rewound.Study}: {rewound.Service} {went} back from {rewound.From} to {rewound.To}");
        });
        return command;
    }
}
