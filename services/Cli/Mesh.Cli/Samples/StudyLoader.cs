using System.Security.Cryptography;
using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Samples;

/// <summary>
/// Does what a study says, over HTTP as anybody else would. Every request has an Idempotency-Key made from what it says, so
/// that loading again after an interruption repeats nothing.
/// </summary>
/// <param name="intake">rating-intake, whoever asks.</param>
/// <param name="mint">Makes a token for somebody of this mesh.</param>
internal sealed class StudyLoader(ServiceClient intake, Func<TokenHolder, string> mint)
{
    /// <summary>Loads the study, and returns the ids of the events that its ledger will hold.</summary>
    /// <exception cref="CommandException">Intake refused something, or cannot be reached.</exception>
    public async Task<IReadOnlyList<Guid>> LoadAsync(SampleStudy study, CancellationToken ct)
    {
        var path = $"studies/{study.Id}";
        var owner = As(study.Owner, "org-admin", study.Owner);
        var opened = await owner.PostAsync<StudyChanged>("studies", study.Request, Key(study, -1, study.Request), ct);
        var events = new List<Guid?> { opened.EventId };
        for (var number = 0; number < study.Steps.Count; number++)
            events.AddRange(await TakeAsync(study, study.Steps[number], path, Key(study, number, study.Steps[number]), ct));
        return [.. events.OfType<Guid>()];
    }

    /// <summary>True when the ledger of the study holds all of it, and nothing is left to load.</summary>
    public async Task<bool> HasAsync(SampleStudy study, CancellationToken ct)
    {
        var heads = await intake.GetAsync<LedgerHeads>("ledger", ct);
        return heads.Heads.FirstOrDefault(head => head.Study == study.Id)?.Size > study.Steps.Count;
    }

    private async Task<IEnumerable<Guid?>> TakeAsync(SampleStudy study, SampleStep step, string path, string key, CancellationToken ct)
    {
        var manager = As(study.Owner, "round-manager", study.Owner);
        Task<StudyChanged> ChangeAsync(string where, object? what) => manager.PostAsync<StudyChanged>(path + where, what, key, ct);
        Task<RatingsReceipt> RateAsync(string organisation, string rater, string where, object what) =>
            As(organisation, "rater", rater).PostAsync<RatingsReceipt>(path + where, what, key, ct);
        return step switch
        {
            SampleStep.Admit admit =>
                [(await ChangeAsync("/organisations", new AdmitOrganisationRequest(admit.Organisation, admit.Name))).EventId],
            SampleStep.OpenRound open => [(await ChangeAsync("/rounds", new OpenRoundRequest(open.Mode))).EventId],
            SampleStep.CloseRound close => [(await ChangeAsync($"/rounds/{close.Round}:close", null)).EventId],
            SampleStep.Submit sheet =>
                [(await RateAsync(sheet.Organisation, sheet.Rater, "/ratings", new SubmitRatingsRequest(sheet.Items))).EventId],
            SampleStep.Withdraw back =>
                [(await RateAsync(back.Organisation, back.Rater, "/ratings:withdraw", new WithdrawRatingsRequest(back.Items))).EventId],
            SampleStep.Import import => await ImportAsync(import, path, key, ct),
            _ => throw new InvalidOperationException($"{step.GetType().Name} is no step that can be taken."),
        };
    }

    private async Task<IEnumerable<Guid?>> ImportAsync(SampleStep.Import import, string path, string key, CancellationToken ct)
    {
        var admin = As(import.Organisation, "org-admin", import.Organisation);
        var result = await admin.PostCsvAsync<ImportResult>($"{path}/ratings:import", import.Csv, key, ct);
        if (result.Errors.Count == 0)
            return result.Receipts.Select(receipt => receipt.EventId);
        throw new CommandException(ExitCode.DataRejected, $"{result.Rejected} rows of the file were refused.",
            "Mend the rows and run again.")
        {
            Details = [.. result.Errors.Select(error => $"row {RowOf(import, error.Row)}, {error.Column}: {error.Message}")],
        };
    }

    private static int RowOf(SampleStep.Import import, int row) => row < 2 ? row : import.RowNumbers[row - 2];

    private ServiceClient As(string organisation, string role, string subject) =>
        intake.As(mint(new TokenHolder(organisation, [role], subject)));

    private static string Key<T>(SampleStudy study, int number, T content)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes<object?>(content, ContractJson.Options);
        return $"sample-{study.Id}-{number}-{Convert.ToHexStringLower(SHA256.HashData(said))[..16]}";
    }
}
