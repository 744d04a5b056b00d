using System.ComponentModel.DataAnnotations;

namespace AlignmentMesh.MatrixAggregation.Service;

/// <summary>Section <c>Ledger</c> of the settings.</summary>
internal sealed record LedgerOptions
{
    /// <summary>PEM file with the P-256 public key of intake's page key: nothing else is folded.</summary>
    [Required]
    public string PagePublicKeyFile { get; init; } = "";
}
