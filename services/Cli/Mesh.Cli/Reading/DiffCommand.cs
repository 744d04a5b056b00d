using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Reading;

/// <summary><c>mesh matrix diff STUDY A [B]</c>.</summary>
internal static class DiffCommand
{
    public static Command Create(Shell shell)
    {
        var (study, lens, json) = (ReadingOptions.Study(), ReadingOptions.Lens(), ReadingOptions.Json());
        var format = ReadingOptions.Format("before and after, and the entries that caused it", "one row per change, all digits");
        var from = new Argument<long>("A") { Description = "The earlier version, which is a size of the ledger" };
        var until = new Argument<long?>("B")
        {
            Description = "The later version (default: the newest)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("diff", "What changed between two versions, by how much, and which ledger entries caused it")
        {
            study, from, until, lens, format, json,
        };
        var service = new ServiceOptions(command, shell, Peer.Matrix);
        command.SetAction((parsed, ct) => new Answers(format, json).WriteAsync<MatrixDiff>(
            shell, parsed, service.Connect(parsed),
            ReadingOptions.Query(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(study))}/matrix/diff", ("a", Show.Count(parsed.GetValue(from))),
                ("b", parsed.GetValue(until)?.ToString()), ("lens", parsed.GetValue(lens))),
            diff => DiffSheets.Write(shell, diff), ct));
        return command;
    }
}
