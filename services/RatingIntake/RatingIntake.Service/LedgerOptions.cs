using System.ComponentModel.DataAnnotations;

namespace AlignmentMesh.RatingIntake.Service;

/// <summary>Whose signatures stand under the ledger. Files in PEM; private ones only intake can read.</summary>
internal sealed record LedgerOptions
{
    /// <summary>Names this installation in notes that travel: the same as the checkpoint signer's.</summary>
    [RegularExpression(@"[a-zA-Z0-9._/-]{1,100}")]
    public string LogName { get; init; } = "alignmentmesh";

    /// <summary>P-256, private: signs the pages that consumers fold.</summary>
    [Required]
    public string PageKeyFile { get; init; } = "";

    /// <summary>Ed25519, private: signs receipts.</summary>
    [Required]
    public string ReceiptKeyFile { get; init; } = "";

    /// <summary>Ed25519, public, of the checkpoint signer: intake keeps no other checkpoint, and cannot make one.</summary>
    [Required]
    public string CheckpointPublicKeyFile { get; init; } = "";

    /// <summary>Keys of witnesses whose cosignatures are kept: name+hex id+base64, of type 4.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];
}
