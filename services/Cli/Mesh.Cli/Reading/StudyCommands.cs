using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh study list</c> and <c>mesh study show</c>.</summary>
internal static class StudyCommands
{
    public static Command List(Shell shell)
    {
        var json = ReadingOptions.Json();
        var command = new Command("list", "All studies") { json };
        var service = new ServiceOptions(command, shell, Peer.Intake);
        command.SetAction(async (parsed, ct) =>
        {
            var studies = await AllAsync(service.Connect(parsed), ct);
            if (parsed.GetValue(json))
                shell.WriteJson(new StudyList(studies, null));
            else
                Table(studies).Write(shell);
        });
        return command;
    }

    public static Command Show(Shell shell)
    {
        var (study, json) = (ReadingOptions.Study(), ReadingOptions.Json());
        var command = new Command("show", "A study: its catalogue, organisations and rounds") { study, json };
        var service = new ServiceOptions(command, shell, Peer.Intake);
        command.SetAction(async (parsed, ct) =>
        {
            var view = await service.Connect(parsed).GetAsync<StudyView>(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}", ct);
            if (parsed.GetValue(json))
                shell.WriteJson(view);
            else
                Write(shell, view);
        });
        return command;
    }

    private static async Task<List<StudySummary>> AllAsync(ServiceClient intake, CancellationToken ct)
    {
        var all = new List<StudySummary>();
        for (string? after = ""; after is not null;)
        {
            var page = await intake.GetAsync<StudyList>($"studies?after={ServiceClient.Segment(after)}", ct);
            all.AddRange(page.Studies);
            after = page.Next;
        }

        return all;
    }

    private static Sheet Table(IEnumerable<StudySummary> studies)
    {
        var sheet = new Sheet("study", "title", "label", "state", "owner", "techniques", "failure modes", "organisations", "open round");
        foreach (var study in studies)
            sheet.Add(
                study.Study, study.Title, study.Label ?? Terminal.Show.Nothing, study.State, study.Owner,
                Terminal.Show.Count(study.Techniques), Terminal.Show.Count(study.FailureModes), Terminal.Show.Count(study.Organisations),
                study.OpenRound is { } round ? Terminal.Show.Count(round) : Terminal.Show.Nothing);
        return sheet;
    }

    private static void Write(Shell shell, StudyView view)
    {
        shell.Out.WriteLine($"{view.Study}: {view.Title}{(view.Label is null ? "" : $" ({view.Label})")}");
        shell.Out.WriteLine($"{view.State}, version {view.Version}, owned by {view.Owner}");
        Items("Techniques", view.Catalogue.Techniques).Write(shell);
        Items("Failure modes", view.Catalogue.FailureModes).Write(shell);
        var portfolios = new Sheet("name", "techniques") { Title = "Portfolios" };
        foreach (var portfolio in view.Catalogue.Portfolios)
            portfolios.Add(portfolio.Name, string.Join("+", portfolio.Techniques));
        portfolios.Write(shell);
        var organisations = new Sheet("organisation", "name", "state") { Title = "Organisations" };
        foreach (var organisation in view.Organisations)
            organisations.Add(organisation.Organisation, organisation.Name, organisation.State);
        organisations.Write(shell);
        var rounds = new Sheet("round", "mode", "state") { Title = "Rounds" };
        foreach (var round in view.Rounds)
            rounds.Add(Terminal.Show.Count(round.Round), round.Mode, round.State);
        rounds.Write(shell);
        if (view.Policy is { } policy)
            shell.Out.WriteLine(
                $"Pooled by {Method.Of(Method.Rohl1, StudyPolicy.Of(policy.Constants).Constants)}: {policy.Reason}");
        if (view.Restores is { Count: > 0 } restores)
            Restores(restores, view.Confirmations ?? []).Write(shell);
    }

    private static Sheet Restores(IEnumerable<LedgerRestored> restores, IReadOnlyList<RestoreConfirmed> confirmations)
    {
        var sheet = new Sheet("epoch", "entries kept", "entries before", "confirmed", "reason") { Title = "Restores from a backup" };
        foreach (var restore in restores)
            sheet.Add(
                Terminal.Show.Count(restore.Epoch), $"{restore.KeptSize}",
                restore.LostSize is { } lost ? $"{lost}" : Terminal.Show.Nothing,
                confirmations.Any(confirmed => confirmed.Epoch == restore.Epoch) ? "yes" : "no", restore.Reason);
        return sheet;
    }

    private static Sheet Items(string title, IEnumerable<CatalogueItem> items)
    {
        var sheet = new Sheet("id", "name", "definition") { Title = title };
        foreach (var item in items)
            sheet.Add(item.Id, item.Name, item.Definition);
        return sheet;
    }
}
