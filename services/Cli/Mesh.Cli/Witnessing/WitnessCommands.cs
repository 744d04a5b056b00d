using System.CommandLine;
using System.Security.Cryptography;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local;
using AlignmentMesh.Ledger;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Witnessing;

/// <summary><c>mesh witness key</c>, <c>cosign</c> and <c>submit</c>: what an organisation runs that watches a log.</summary>
internal static class WitnessCommands
{
    public static Command Create(Shell shell) => new(
        "witness", "Watch a ledger for others: cosign its checkpoints as long as it only grows")
    {
        Key(shell), Cosign(shell), SubmitCommand.Create(shell),
    };

    private static Command Key(Shell shell)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name of the witness, e.g. witness.my-lab.example; no spaces or plus signs",
        };
        var output = new Option<string>("--output", "-o") { Description = "File for the private key", HelpName = "FILE", Required = true };
        var command = new Command("key", "Make a witness's key; its public half, for policies, is printed") { name, output };
        command.SetAction(parsed =>
        {
            var (signer, path) = (Make(parsed.GetRequiredValue(name)), parsed.GetRequiredValue(output));
            if (File.Exists(path))
                throw CommandException.BadUsage($"'{path}' exists.", "A key is never replaced: name a new file.");
            try
            {
                PrivateFiles.Write(path, signer.ToSecretText() + "\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CommandException.BadUsage($"The key cannot be written: {e.Message}", "Name a new file in a folder of yours.", e);
            }

            shell.Out.WriteLine(signer.Key.ToString());
        });
        return command;
    }

    private static Command Cosign(Shell shell)
    {
        var note = new Argument<string>("CHECKPOINT") { Description = "Signed checkpoint, a file or - for standard input" };
        var state = new Option<string>("--state")
        {
            Description = "What was cosigned so far; made when new",
            HelpName = "FILE",
            Required = true,
        };
        var key = new Option<string>("--key") { Description = "The witness's private key", HelpName = "FILE", Required = true };
        var proof = new Option<string?>("--proof")
        {
            Description = "Consistency proof from the size cosigned before, as the ledger answers it",
            HelpName = "FILE",
        };
        var log = new Option<string?>("--log") { Description = "The log's public key, the first time", HelpName = "KEY" };
        var command = new Command(
            "cosign", "Cosign a checkpoint if its log only grew since the last one cosigned; the cosigned checkpoint is printed")
        {
            note, state, key, proof, log,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var signed = Read("checkpoint", await InputFile.ReadAsync(shell, parsed.GetRequiredValue(note), ct), SignedNote.Parse);
            var secret = (await InputFile.ReadAsync(shell, parsed.GetRequiredValue(key), ct)).Trim();
            var signer = Read("private key", secret, NoteSigner.Parse);
            if (signer.Key.Algorithm != NoteAlgorithm.CosignatureV1)
                throw CommandException.BadData("--key is no witness's key.", "Make one with 'mesh witness key NAME -o FILE'.");
            var given = parsed.GetValue(log) is { } text ? Read("log's key", text, NoteKey.Parse) : null;
            var shown = parsed.GetValue(proof) is { } file
                ? await InputFile.ReadJsonAsync<ConsistencyProof>(shell, file, """{"study":"s","from":3,"to":7,"hashes":["..."],...}""", ct)
                : null;
            using var seen = new WitnessState(parsed.GetRequiredValue(state));
            shell.Out.Write(Cosigning.Cosign(signed, signer, given, shown, seen, shell.Clock.GetUtcNow()).ToString());
        });
        return command;
    }

    private static NoteSigner Make(string name)
    {
        try
        {
            return new NoteSigner(name, NoteAlgorithm.CosignatureV1, RandomNumberGenerator.GetBytes(32));
        }
        catch (ArgumentException bad)
        {
            throw CommandException.BadUsage($"NAME: {bad.Message}", inner: bad);
        }
    }

    internal static T Read<T>(string what, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException malformed)
        {
            throw CommandException.BadData($"That is no {what}: {malformed.Message}", inner: malformed);
        }
    }
}
