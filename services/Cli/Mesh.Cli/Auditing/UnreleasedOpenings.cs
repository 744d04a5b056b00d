using System.Runtime.CompilerServices;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>What an auditor may read of a blind round before its release; rating-intake records each page that is read.</summary>
internal static class UnreleasedOpenings
{
    /// <summary>The round's openings, each one checked against the leaf that stands in the ledger.</summary>
    /// <exception cref="CommandException">There is no grant, or an opening is not what its leaf commits to.</exception>
    public static async IAsyncEnumerable<(LedgerOpening Opening, Envelope Said)> ReadAsync(
        ServiceClient intake, string study, int round, [EnumeratorCancellation] CancellationToken ct)
    {
        var leaves = new Dictionary<long, string>();
        for (long? from = 0; from is not null;)
        {
            var page = await intake.GetAsync<LedgerOpenings>(
                FormattableString.Invariant($"studies/{ServiceClient.Segment(study)}/unreleased?round={round}&from={from}"), ct);
            foreach (var opening in page.Openings)
            {
                if (!leaves.ContainsKey(opening.Index)) leaves = await LeavesAsync(intake, study, opening.Index, ct);
                yield return (opening, Checked(study, opening, leaves[opening.Index]));
            }

            from = page.Next;
        }
    }

    private static async Task<Dictionary<long, string>> LeavesAsync(ServiceClient intake, string study, long from, CancellationToken ct) =>
        (await intake.GetAsync<LedgerPage>(
            FormattableString.Invariant($"ledger/{ServiceClient.Segment(study)}/entries?from={from}&limit={LedgerFold.LargestPage}"), ct))
        .Entries.ToDictionary(entry => entry.Index, entry => entry.Leaf);

    private static Envelope Checked(string study, LedgerOpening opening, string leaf)
    {
        try
        {
            return LedgerReplay.Open(study, opening.Index, opening, Leaf.Parse(Encoding.UTF8.GetBytes(leaf)));
        }
        catch (InvalidDataException other)
        {
            throw new CommandException(
                ExitCode.Failed, $"What was given out is not what the ledger has: {other.Message}.",
                "Keep the answer, and report it to the study's owner and to the other auditors.", other);
        }
    }
}
