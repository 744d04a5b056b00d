using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh agreement STUDY</c>.</summary>
internal static class AgreementCommand
{
    public static Command Create(Shell shell)
    {
        var (study, version, json) = (ReadingOptions.Study(), ReadingOptions.Version(), ReadingOptions.Json());
        var seed = new Option<long?>("--seed") { Description = "Seed of the intervals' resamples (default: 20251013)", HelpName = "N" };
        var replicates = new Option<int?>("--replicates")
        {
            Description = "Resamples of the cells, 0..10000 (default: 2000)",
            HelpName = "N",
        };
        var format = ReadingOptions.Format("three digits", "one row per comparison, all digits");
        var command = new Command("agreement", "How far the raters of a study agree, and its organisations among each other")
        {
            study, version, seed, replicates, format, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Matrix);
        command.SetAction((parsed, ct) => new Answers(format, json).WriteAsync<MatrixAgreement>(
            shell, parsed, service.Connect(parsed),
            ReadingOptions.Query(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/agreement",
                ("version", parsed.GetValue(version)?.ToString()), ("seed", parsed.GetValue(seed)?.ToString()),
                ("replicates", parsed.GetValue(replicates)?.ToString())),
            agreement =>
            {
                shell.Out.WriteLine(Show.Heading(agreement.Study, agreement.Label, agreement.Version));
                new AgreementSheets(agreement.Overall, agreement.ByOrganisation, agreement.BetweenOrganisations)
                    .Write(shell, agreement.Bootstrap);
            },
            ct));
        return command;
    }
}
