using AlignmentMesh.Contracts;

namespace AlignmentMesh.RatingIntake.Domain;

/// <summary>Erases texts, and who a rater is. It is the shell that deletes; this decides whether, and what the ledger says of it.</summary>
/// <param name="Hashes">Of the texts that there are.</param>
/// <param name="Rater">Whose name there is and is to go; null where there is none, or none is to go.</param>
public sealed record ErasePersonalData(IReadOnlyList<string> Hashes, string? Rater, string Reason, string LegalBasis)
{
    public Decision Decide(Study study)
    {
        var refusals = Checks.Text("reason", Reason, Checks.MaxReason)
            .Concat(Checks.Text("legalBasis", LegalBasis, Checks.MaxTitle)).ToArray();
        if (refusals.Length > 0) return Decision.Refuse(refusals);
        // What was looked up may have been erased by another request since.
        string[] hashes = [.. Hashes.Where(hash => !study.Erased.Contains(hash)).Order(StringComparer.Ordinal)];
        var rater = Rater is null || study.Erased.Contains(Rater) ? null : Rater;
        return hashes.Length == 0 && rater is null
            ? Decision.Nothing
            : Decision.Accept(new PersonalDataErased(hashes, rater, Reason, LegalBasis));
    }
}
