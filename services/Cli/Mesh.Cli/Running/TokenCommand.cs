using System.CommandLine;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Running;

internal static class TokenCommand
{
    private const int MostHours = 24 * 30;

    public static Command Create()
    {
        var organisation = new Option<string>("--org") { Description = "The organisation the holder acts for.", Required = true };
        var role = new Option<string[]>("--role") { Description = "What the holder may do; several are allowed.", Required = true };
        role.AcceptOnlyFromAmong("rater", "org-admin", "round-manager", "auditor", "operator", "service");
        var subject = new Option<string>("--sub") { Description = "The holder.", DefaultValueFactory = _ => Environment.UserName };
        var kind = new Option<string?>("--kind") { Description = "human or ai." };
        kind.AcceptOnlyFromAmong("human", "ai");
        var hours = new Option<int>("--hours") { Description = $"How long it is valid, 1 to {MostHours}.", DefaultValueFactory = _ => 12 };
        hours.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostHours)
                result.AddError($"--hours must be 1 to {MostHours}.");
        });
        var command = new Command("token", "Print an access token for this machine's mesh.")
        {
            organisation, role, subject, kind, hours,
        };
        command.SetAction(parsed => Print(
            new TokenHolder(
                parsed.GetRequiredValue(organisation), parsed.GetRequiredValue(role), parsed.GetRequiredValue(subject),
                parsed.GetValue(kind)),
            TimeSpan.FromHours(parsed.GetValue(hours))));
        return command;
    }

    private static int Print(TokenHolder holder, TimeSpan lifetime)
    {
        Streams.Out.WriteLine(LocalTokens.Mint(LocalKeys.In(DataDirectory.Default()), holder, lifetime, TimeProvider.System));
        return ExitCode.Ok;
    }
}
