using System.CommandLine;
using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Reading;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Contributing;

/// <summary><c>mesh rate STUDY</c>: one judgement of one quantity.</summary>
internal sealed class RateCommand
{
    private readonly Argument<string> _study = ReadingOptions.Study();
    private readonly Option<string?> _technique = new("--technique")
    {
        Description = "Technique; without a failure mode --best is its safety tax",
        HelpName = "ID",
    };

    private readonly Option<string?> _mode = new("--failure-mode")
    {
        Description = "Failure mode; without a technique --best is its likelihood",
        HelpName = "ID",
    };

    private readonly Option<string?> _verdict = new("--verdict")
    {
        Description = "resistant, uncertain or vulnerable",
        HelpName = "VERDICT"
    };
    private readonly Option<decimal?> _best = Number("--best",
        "Best estimate of the probability, 0..1 (safety tax: relative cost, 0 or more)");
    private readonly Option<decimal?> _lower = Number("--lower", "Lower bound");
    private readonly Option<decimal?> _upper = Number("--upper", "Upper bound");
    private readonly Option<decimal?> _confidence = Number("--confidence",
        "Confidence that the truth is between the bounds, 0.5..0.99 (default 0.8)");
    private readonly Option<string?> _rationale = new("--rationale") { Description = "Why, for readers", HelpName = "TEXT" };
    private readonly Option<string[]> _evidence = new("--evidence")
    {
        Description = "Address of a source; may be repeated",
        HelpName = "URL"
    };
    private readonly Option<int?> _round = new("--round") { Description = "Round it is meant for (default: the open one)", HelpName = "N" };
    private readonly Option<bool> _json = ReadingOptions.Json();

    public static Command Create(Shell shell) => new RateCommand().Build(shell);

    private static Option<decimal?> Number(string name, string description) => new(name) { Description = description, HelpName = "X" };

    private Command Build(Shell shell)
    {
        var command = new Command("rate", "Rate a technique under a failure mode, a likelihood or a safety tax; it supersedes your "
            + "earlier rating")
        {
            _study, _technique, _mode, _verdict, _best, _lower, _upper, _confidence, _rationale, _evidence, _round, _json,
        };
        _verdict.AcceptOnlyFromAmong("resistant", "uncertain", "vulnerable");
        var service = new ServiceOptions(command, shell, Peer.Intake, role: "rater");
        command.SetAction(async (parsed, ct) =>
        {
            var request = Request(parsed);
            var intake = service.Connect(parsed);
            var receipt = await intake.PostAsync<RatingsReceipt>(
                $"studies/{ServiceClient.Segment(parsed.GetRequiredValue(_study))}/ratings", request, intake.NewKey(), ct);
            if (parsed.GetValue(_json))
                shell.WriteJson(receipt);
            else
                Write(shell, receipt);
        });
        return command;
    }

    private SubmitRatingsRequest Request(ParseResult parsed)
    {
        var item = new RatingItem(
            parsed.GetValue(_technique), parsed.GetValue(_mode), parsed.GetValue(_verdict), parsed.GetValue(_best), parsed.GetValue(_lower),
            parsed.GetValue(_upper), parsed.GetValue(_confidence), parsed.GetValue(_rationale),
            parsed.GetValue(_evidence) is { Length: > 0 } links ? [.. links.Select(link => new Evidence(link))] : null);
        if (item is { Technique: null, FailureMode: null })
            throw CommandException.BadUsage("--technique and --failure-mode are missing; allowed: one of them or both.",
                "mesh rate --help");
        if (item is { Verdict: null, Best: null })
            throw CommandException.BadUsage("--verdict and --best are missing; allowed: one of them or both.", "mesh rate --help");
        return new SubmitRatingsRequest([item], parsed.GetValue(_round));
    }

    private static void Write(Shell shell, RatingsReceipt receipt)
    {
        if (receipt.EventId is null)
        {
            shell.Out.WriteLine($"Nothing changed: {receipt.Study} has this rating of yours on record in round {receipt.Round}.");
            return;
        }

        shell.Out.WriteLine($"Accepted in round {receipt.Round} of {receipt.Study} for {receipt.Organisation} as rater {receipt.Rater}.");
        shell.Out.WriteLine($"event {receipt.EventId}");
        shell.Out.WriteLine($"commitment {receipt.Commitment}");
    }
}
