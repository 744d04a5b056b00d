using AlignmentMesh.Contracts;
using AlignmentMesh.RatingIntake.Domain;
using AlignmentMesh.RatingIntake.Service.AnsweringAgain;
using AlignmentMesh.RatingIntake.Service.CommittingRatings;
using AlignmentMesh.RatingIntake.Service.NamingRaters;
using AlignmentMesh.RatingIntake.Service.SubmittingRatings;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RatingIntake.Service.ImportingRatings;

/// <summary>Takes the rows of a file through the same deciders and the same commit as single ratings.</summary>
internal sealed class RatingsImport(RaterDoor door, RatingsCommitter committer)
{
    private static readonly IdempotencyKey NoKey = new("", "", []);

    /// <summary>The sheets that would be taken; each refused row is added to <paramref name="errors"/> and left out.</summary>
    public async Task<List<ImportSheet>> TryOutAsync(
        string study, Caller caller, List<ImportRow> rows, List<ImportError> errors, CancellationToken token)
    {
        // Every turn leaves out at least one row, so this ends.
        while (true)
        {
            var bad = errors.Select(error => error.Row).ToHashSet();
            var sheets = ImportPlan.Sheets(rows.Where(row => !bad.Contains(row.Row)), caller.Subject);
            if (sheets.Count == 0) return sheets;
            var submission = await SubmissionAsync(study, caller, sheets, NoKey, traceparent: null, token);
            if (await committer.TryOutAsync(submission, token) is not SubmissionOutcome.Refused refused) return sheets;
            errors.AddRange(ImportPlan.Errors(refused.Refusals, sheets[refused.Command]));
        }
    }

    /// <summary>Commits all sheets in one transaction.</summary>
    public async Task<SubmissionOutcome> CommitAsync(
        string study, Caller caller, List<ImportSheet> sheets, IdempotencyKey key, string? traceparent, CancellationToken token) =>
        await committer.CommitAsync(await SubmissionAsync(study, caller, sheets, key, traceparent, token));

    private async Task<Submission> SubmissionAsync(
        string study, Caller caller, List<ImportSheet> sheets, IdempotencyKey key, string? traceparent, CancellationToken token)
    {
        var commands = new List<RaterCommand>(sheets.Count);
        foreach (var sheet in sheets) commands.Add(Command(sheet, await door.EnterAsync(study, caller, sheet.Subject, token), caller));
        return new Submission(study, caller.Organisation, commands, key, null, traceparent);
    }

    private static RaterCommand Command(ImportSheet sheet, RaterName rater, Caller caller)
    {
        if (sheet.Withdraws)
        {
            var withdrawn = sheet.Rows.Select(row => new WithdrawnItem(row.Item.Technique, row.Item.FailureMode)).ToArray();
            return new RaterCommand(rater.Rater, new WithdrawRatings(caller.Organisation, sheet.Round, withdrawn).Decide, []);
        }

        var (items, texts) = RatingHashing.Hash([.. sheet.Rows.Select(row => row.Item)]);
        return new RaterCommand(rater.Rater, new SubmitRatings(caller.Organisation, rater.Kind, sheet.Round, items).Decide, texts);
    }
}
