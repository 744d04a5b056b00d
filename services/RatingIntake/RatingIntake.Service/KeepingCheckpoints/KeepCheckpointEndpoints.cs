using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.RatingIntake.Service.ReadingLedger;
using AlignmentMesh.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignmentMesh.RatingIntake.Service.KeepingCheckpoints;

internal static class KeepCheckpointEndpoints
{
    private const string Text = "text/plain";
    private const int MaxPage = 256;

    public static void MapKeepCheckpoints(this IEndpointRouteBuilder api)
    {
        api.MapGet("/ledger/{study}/checkpoint", ShowAsync).WithTags("Ledger")
            .WithSummary("The newest checkpoint, or that of a size, as a signed note")
            .WithDescription("C2SP tlog-checkpoint, with the cosignatures of witnesses that have come.")
            .Produces<string>(StatusCodes.Status200OK, Text).RequireAuthorization(Access.Reader);
        // The signature is the credential: whoever brings a checkpoint or a cosignature, it is kept only if its key made it.
        api.MapPost("/ledger/{study}/checkpoint", KeepAsync).WithTags("Ledger")
            .WithSummary("Bring a signed checkpoint, or cosignatures of one")
            .WithDescription("Kept are the signer's signature and those of the configured witnesses; the answer is the note as it is kept.")
            .Accepts<string>(Text).Produces<string>(StatusCodes.Status200OK, Text).RequireAuthorization(Access.Reader);
        api.MapGet("/ledger/{study}/checkpoints", ListAsync).WithTags("Ledger")
            .WithSummary("Which checkpoints are kept, and who cosigned them")
            .WithDescription("`after` continues behind a size, `limit` is 1..256.").RequireAuthorization(Access.Reader);
        api.MapGet("/ledger/{study}/keys", KeysAsync).WithTags("Ledger")
            .WithSummary("The public keys that verify checkpoints, cosignatures and receipts of a study")
            .RequireAuthorization(Access.Reader);
    }

    private static async Task<Results<ContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> ShowAsync(
        string study, HttpContext http, LedgerReader ledger, CheckpointStore store, CancellationToken token, long? size = null)
    {
        if (await ledger.SizeAsync(study, token) is null) return IntakeProblems.UnknownStudyResult(study);
        if (await store.FindAsync(study, size, token) is not { } note)
            return CommonProblems.NotFound.ToResult(
                $"No checkpoint {(size is null ? "" : $"of size {size} ")}is kept of study '{study}'; /checkpoints lists those that are.");
        var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(note)))[..32];
        // Of a size the text never changes, but cosignatures may still come.
        return http.IsKnown(tag, size is null ? "public, max-age=1" : "public, max-age=3600")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Text(note, Text, Encoding.UTF8);
    }

    private static async Task<ContentHttpResult> KeepAsync(
        string study, HttpRequest request, CheckpointStore store, CancellationToken token) =>
        TypedResults.Text(await store.KeepAsync(study, await ReadAsync(request, token), token), Text, Encoding.UTF8);

    private static async Task<Results<Ok<CheckpointList>, ProblemHttpResult>> ListAsync(
        string study, LedgerReader ledger, CheckpointStore store, NoteKeys keys, CancellationToken token, long after = 0,
        int limit = MaxPage)
    {
        if (limit is < 1 or > MaxPage) return IntakeProblems.OutOfRange("limit", limit, $"1..{MaxPage}");
        if (await ledger.SizeAsync(study, token) is null) return IntakeProblems.UnknownStudyResult(study);
        var found = await store.ListAsync(study, after, limit, token);
        return TypedResults.Ok(new CheckpointList(
            study, [.. found.Select(kept => new KeptCheckpoint(kept.Epoch, kept.Size, Cosigners(kept.Note, keys)))],
            found.Count >= limit ? found[^1].Size : null));
    }

    private static async Task<Results<Ok<LedgerKeys>, ProblemHttpResult>> KeysAsync(
        string study, LedgerReader ledger, CheckpointStore store, NoteKeys keys, CancellationToken token)
    {
        if (await ledger.SizeAsync(study, token) is null) return IntakeProblems.UnknownStudyResult(study);
        var epoch = await store.EpochAsync(study, token);
        return TypedResults.Ok(new LedgerKeys(
            study, keys.Checkpoint(study, epoch).ToString(), keys.Receipts.Key.ToString(),
            [.. keys.Witnesses.Select(witness => witness.ToString())],
            [.. Enumerable.Range(1, epoch - 1).Select(earlier => keys.Checkpoint(study, earlier).ToString())]));
    }

    private static string[] Cosigners(string note, NoteKeys keys)
    {
        var parsed = SignedNote.Parse(note);
        return [.. keys.Witnesses.Where(key => key.HasSigned(parsed)).Select(key => key.Name)];
    }

    /// <summary>One byte more than a note may have, so that one that is too long is refused and not cut.</summary>
    private static async Task<SignedNote> ReadAsync(HttpRequest request, CancellationToken token)
    {
        var buffer = new byte[SignedNote.MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        try
        {
            return SignedNote.Parse(buffer.AsSpan(0, length));
        }
        catch (FormatException malformed)
        {
            throw new ProblemException(CommonProblems.Malformed, malformed.Message);
        }
    }
}
