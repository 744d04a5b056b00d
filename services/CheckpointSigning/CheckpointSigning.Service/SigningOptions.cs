using System.ComponentModel.DataAnnotations;

namespace AlignmentMesh.CheckpointSigning.Service;

/// <summary>What makes the signer independent of the ledger's keeper: a key and a memory of its own.</summary>
internal sealed record SigningOptions
{
    /// <summary>Names this installation in notes that travel: the same as rating-intake's.</summary>
    [RegularExpression(@"[a-zA-Z0-9._/-]{1,100}")]
    public string LogName { get; init; } = "alignmentmesh";

    /// <summary>PEM file with the Ed25519 private key, which only the signer can read.</summary>
    [Required]
    public string KeyFile { get; init; } = "";

    /// <summary>Folder of what it kept. Nobody else may write there, and it is not restored together with the database.</summary>
    [Required]
    public string StateFolder { get; init; } = "";

    /// <summary>From one look at the ledgers to the next. Receipts promise inclusion within ten seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);
}
