using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Operating;

/// <summary><c>mesh ops subscription status</c>: how far each step of the way from event to risk report is.</summary>
internal static class SubscriptionStatus
{
    public static Command Create(Shell shell)
    {
        var json = ReadingOptions.Json();
        var command = new Command("status", "How far the sequencer, publisher, fold, relay and scorer are, by study") { json };
        command.SetAction(async (parsed, ct) =>
        {
            var clients = new OperatorClients(shell);
            var positions = await Positions.ReadAsync(clients, ct);
            if (parsed.GetValue(json))
                shell.WriteJson(positions);
            else
                Write(shell, positions);
        });
        return command;
    }

    private static void Write(Shell shell, Positions positions)
    {
        var intake = positions.Intake;
        shell.Out.WriteLine($"sequencer: {intake.Sequenced} of {intake.NewestEvent} events, {Held(intake.SequencerHeld)}");
        shell.Out.WriteLine($"publisher: {Held(intake.PublisherHeld)}; relay: {Held(positions.Matrix.RelayHeld)}");
        var sheet = new Sheet("study", "ledger", "published", "folded", "version", "relayed", "scored");
        foreach (var study in intake.Studies)
        {
            var folded = positions.Matrix.Studies.FirstOrDefault(known => known.Study == study.Study);
            var scored = positions.Risk.Studies.FirstOrDefault(known => known.Study == study.Study);
            sheet.Add(
                study.Study, Show.Count(study.Size), Show.Count(study.Published), Show.Count(folded?.Folded ?? 0),
                Show.Count(folded?.Version ?? 0), Show.Count(folded?.Relayed ?? 0), Show.Count(scored?.Scored ?? 0));
        }

        sheet.Write(shell);
        if (!positions.Matrix.FeedReachable)
            shell.Say("matrix-aggregation cannot reach rating-intake: what no message brings waits.");
        if (!positions.Risk.MatrixReachable)
            shell.Say("risk-scoring cannot reach matrix-aggregation: what no message brings waits.");
    }

    private static string Held(bool held) => held ? "running" : "running nowhere: is every process of the service up?";
}

/// <summary>The positions of all three services.</summary>
internal sealed record Positions(IntakeProgress Intake, MatrixProgress Matrix, RiskProgress Risk)
{
    public static async Task<Positions> ReadAsync(OperatorClients clients, CancellationToken ct)
    {
        // From the end to the beginning: what moves meanwhile never makes a later step look ahead of an earlier one.
        var risk = await clients.Risk.GetAsync<RiskProgress>("operations/subscription", ct);
        var matrix = await clients.Matrix.GetAsync<MatrixProgress>("operations/subscription", ct);
        var intake = await clients.Intake.GetAsync<IntakeProgress>("operations/subscription", ct);
        return new Positions(intake, matrix, risk);
    }
}
