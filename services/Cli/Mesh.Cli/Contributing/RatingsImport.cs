using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Contributing;

/// <summary>Sends the parts of a ratings file one after the other, and puts the answers together.</summary>
internal sealed class RatingsImport(ServiceClient intake, ImportTarget target)
{
    private static readonly ImportResult Nothing = new(false, false, 0, 0, [], []);

    /// <exception cref="CommandException">A part was refused as a whole, or did not arrive.</exception>
    public async Task<ImportResult> SendAsync(IReadOnlyList<ImportChunk> chunks, WorkProgress progress, CancellationToken ct)
    {
        var total = Nothing with { DryRun = target.DryRun, Atomic = target.Atomic };
        var options = $"dryRun={Word(target.DryRun)}&atomic={Word(target.Atomic)}";
        var path = $"studies/{ServiceClient.Segment(target.Study)}/ratings:import?{options}";
        await progress.RunAsync(chunks.Sum(chunk => chunk.Rows), async advance =>
        {
            foreach (var chunk in chunks)
            {
                var answer = await SendAsync(path, chunk, total, ct);
                total = Add(total, answer, chunk.RowsBefore);
                advance(chunk.Rows);
            }
        });
        return total;
    }

    private async Task<ImportResult> SendAsync(string path, ImportChunk chunk, ImportResult before, CancellationToken ct)
    {
        try
        {
            return await intake.PostCsvAsync<ImportResult>(path, chunk.Csv, chunk.Key, ct);
        }
        catch (CommandException failure) when (chunk.RowsBefore > 0)
        {
            throw new CommandException(failure.ExitCode, failure.Message, "Run the same command again: what arrived is not counted twice.",
                failure)
            {
                Details = [.. failure.Details, $"{before.Accepted} of the first {chunk.RowsBefore} rows were accepted before."],
                TraceId = failure.TraceId,
            };
        }
    }

    private static ImportResult Add(ImportResult total, ImportResult answer, int rowsBefore)
    {
        // An error of the header comes back with every part; it is one error.
        var errors = answer.Errors.Where(error => error.Row > 1 || rowsBefore == 0).ToArray();
        return total with
        {
            Accepted = total.Accepted + answer.Accepted,
            Rejected = total.Rejected + errors.Select(error => error.Row).Distinct().Count(),
            Errors = [.. total.Errors, .. errors.Select(error => error.Row > 1 ? error with { Row = error.Row + rowsBefore } : error)],
            Receipts = [.. total.Receipts, .. answer.Receipts],
        };
    }

    private static string Word(bool value) => value ? "true" : "false";
}
