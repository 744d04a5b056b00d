using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Demo;

/// <summary>Requires that an answer is what was recomputed (<see cref="Reproduction"/>).</summary>
internal static class Agreement
{
    /// <summary>True when the answers are equal to the last bit, false when within the tolerance.</summary>
    /// <exception cref="CommandException">They differ; the message says where.</exception>
    public static bool Require<T>(string what, T computed, T answered)
    {
        var reproduction = Reproduction.Of(ToElement(computed), ToElement(answered));
        return reproduction.Holds
            ? reproduction.ToTheBit
            : throw new CommandException(
                ExitCode.Failed, $"{what} differs from what was recomputed: {reproduction.Difference}.",
                "Report this: a published number did not follow from its ledger.");
    }

    private static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, ContractJson.Options);
}
