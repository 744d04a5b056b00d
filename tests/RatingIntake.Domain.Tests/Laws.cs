using System.Text.Json;
using AlignmentMesh.Contracts;
using CsCheck;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

/// <summary>What holds for every command in every history, valid or not.</summary>
public class Laws
{
    private static readonly Gen<string?> Technique = Pick<string?>("RLHF", "SO", "NEW", null);
    private static readonly Gen<string?> Mode = Pick<string?>("AL-GEN", "COLL", null);
    private static readonly Gen<decimal?> Best = Pick<decimal?>(0m, 0.25m, 1m, 3m, null);
    private static readonly Gen<string> Text = Pick("words", "other words", "");
    private static readonly Gen<int?> Round = Pick<int?>(null, null, null, null, null, null, null, null, 1, 2);

    private static readonly Gen<RatingItem> Item = Gen.Select(Technique, Mode, Best, Pick<string?>(null, null, "resistant", "odd"))
        .Select((technique, mode, best, verdict) => new RatingItem(technique, mode, verdict, best));

    private static readonly Gen<object> StudyCommand = Gen.OneOf<object>(
        Text.Select(title => (object)(Samples.Open with { Title = title })),
        Pick<object>(new AdmitOrganisation("acme", "Acme")),
        Text.Select(reason => (object)new RemoveOrganisation("acme", reason)),
        Gen.Select(Pick("technique", "failure-mode"), Pick("RLHF", "COLL", "NEW"), Text, Gen.Bool)
            .Select((kind, id, text, material) => (object)new ChangeCatalogue(kind, id, text, text, material, "why")),
        Gen.Select(Pick<decimal?>(0.3m, 1m, 1.5m, null), Pick<int?>(1, 3, null), Text).Select((rho, nu, reason) =>
            (object)new ChangeAggregationPolicy(new(rho, Nu: nu), reason)),
        Pick("open", "blind", "odd").Select(mode => (object)new OpenRound(mode)),
        Gen.Int[0, 2].Select(round => (object)new CloseRound(round)),
        Gen.Long[0, 3].Select(kept => (object)new AnnounceRestore(3, kept, Samples.Hash, null, "restored", "r-1")),
        Gen.Select(Gen.Int[2, 3], Pick("r-1", "r-2")).Select((epoch, manager) => (object)new ConfirmRestore(epoch, manager)),
        Text.Select(reason => (object)new ErasePersonalData([Samples.Hash], "r-1", reason, "GDPR art. 17")));

    private static readonly Gen<object> RatingCommand = Gen.OneOf<object>(
        Gen.Select(Item.Array[1, 3], Round).Select((items, round) => (object)(Samples.Submit(items) with { Round = round })),
        Gen.Select(Technique, Mode, Round).Select((technique, mode, round) =>
            (object)(Samples.Withdraw(Samples.Quantity(technique, mode)) with { Round = round })));

    private static readonly Gen<object> Command = Gen.Frequency(
        (8, RatingCommand), (6, StudyCommand), (1, Text.Select(reason => (object)new CloseStudy(reason))));

    private static readonly Gen<object[]> Commands40 = Command.Array[0, 40];

    [Fact]
    public void Whatever_is_asked_is_decided_and_what_is_decided_can_be_evolved() => Commands40.Sample(commands =>
    {
        var taken = Run(commands).Events.Count;
        Assert.InRange(taken, Samples.Running.Length, Samples.Running.Length + commands.Length);
    });

    [Fact]
    public void A_repeated_command_yields_no_events() => Commands40.Sample(commands => Run(commands, (command, decision, events) =>
    {
        var again = Decide(command, events);
        if (decision is Accepted)
            Assert.Empty(Assert.IsType<Accepted>(again).Events);
        else
            Assert.IsType<Refused>(again);
    }));

    [Fact]
    public void A_command_yields_at_most_one_event_and_a_refusal_at_least_one_reason() =>
        Commands40.Sample(commands => Run(commands, (_, decision, _) =>
        {
            if (decision is Refused refused)
                Assert.InRange(refused.Refusals.Count, 1, Refusal.Most);
            else
                Assert.InRange(((Accepted)decision).Events.Count, 0, 1);
        }));

    [Fact]
    public void Every_event_reads_back_from_its_stored_form()
    {
        var seen = new HashSet<Type>();
        Commands40.Sample(commands =>
        {
            foreach (var @event in Run(commands).Events)
            {
                var stored = JsonSerializer.Serialize(@event, @event.GetType(), ContractJson.Options);
                var back = JsonSerializer.Deserialize(stored, @event.GetType(), ContractJson.Options)!;
                Assert.Equal(Outcome.Stored(@event), Outcome.Stored(back));
                lock (seen)
                    seen.Add(@event.GetType());
            }
        }, iter: 400);
        Assert.Equal(LedgerEventNames.Types.Values.ToHashSet(), seen);
    }

    [Fact]
    public void The_record_of_a_quantity_is_what_the_last_event_about_it_says() => Commands40.Sample(commands =>
    {
        var events = Run(commands).Events;
        var expected = new Dictionary<Quantity, string?>();
        foreach (var @event in events)
        {
            foreach (var item in (@event as RatingsSubmitted)?.Items ?? [])
                expected[new(item.Technique, item.FailureMode)] = JsonSerializer.Serialize(item, ContractJson.Options);
            foreach (var item in (@event as RatingsWithdrawn)?.Items ?? [])
                expected[new(item.Technique, item.FailureMode)] = null;
        }

        var record = Commands.AssessmentAfter(events).Latest.ToDictionary(
            pair => pair.Key, pair => pair.Value.Item is { } item ? JsonSerializer.Serialize(item, ContractJson.Options) : null);
        Assert.Equal(expected, record);
    });

    [Fact]
    public void Whatever_is_accepted_stands_on_record_and_in_force_as_it_was_asked() =>
        Commands40.Sample(commands => Run(commands, (command, decision, events) =>
        {
            if (command is not SubmitRatings submit || decision is not Accepted)
                return;
            var (study, latest) = (Commands.StudyAfter(events)!, Commands.AssessmentAfter(events).Latest);
            foreach (var item in submit.Items.Select(hashed => hashed.Item))
            {
                var quantity = new Quantity(item.Technique, item.FailureMode);
                var record = latest[quantity];
                Assert.Equal(study.OpenRound!.Round, record.Round);
                Assert.Equal(item.Verdict, record.Item!.Verdict);
                Assert.Equal(item.Best, record.Item.Best is { } best ? Ledger.Decimals.Parse(best) : null);
                Assert.True(record.StudyVersion >= study.RatingsCountSince("acme", quantity));
            }
        }));

    [Fact]
    public void Withdrawing_removes_the_rating_and_no_earlier_one_revives() =>
        Commands40.Sample(commands => Run(commands, (command, decision, events) =>
        {
            if (command is WithdrawRatings withdraw && decision is Accepted { Events: [_] })
            {
                var latest = Commands.AssessmentAfter(events).Latest;
                Assert.All(withdraw.Items, item => Assert.Null(latest[new(item.Technique, item.FailureMode)].Item));
            }
        }));

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static Decision Decide(object command, List<object> events) =>
        Commands.Decide(command, Commands.StudyAfter(events), Commands.AssessmentAfter(events));

    /// <summary>Runs the commands from a running study; <paramref name="check"/> sees each decision and the events after it.</summary>
    private static (List<object> Events, int Count) Run(object[] commands, Action<object, Decision, List<object>>? check = null)
    {
        var events = Samples.Running.ToList();
        foreach (var command in commands)
        {
            var decision = Decide(command, events);
            events.AddRange((decision as Accepted)?.Events ?? []);
            check?.Invoke(command, decision, events);
        }

        return (events, commands.Length);
    }
}
