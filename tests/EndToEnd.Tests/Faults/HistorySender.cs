using System.Collections.Concurrent;
using System.Globalization;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Services;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using AlignmentMesh.Tests;

namespace AlignmentMesh.EndToEnd.Tests.Faults;

/// <summary>What a rater sent in one request, and the receipt for it.</summary>
internal sealed record Accepted(object Request, RatingsReceipt Receipt);

/// <summary>
/// Sends a history over HTTP: each rater's items as sheets in their order, many raters at once, and between them, when all sheets
/// are answered, what the managers do.
/// </summary>
internal sealed class HistorySender(MeshRun run, string study)
{
    private const int AtOnce = 16;

    private readonly ConcurrentDictionary<(string, string), MeshClient> _raters = new();
    private readonly PatientSender _sender = new();
    private readonly ConcurrentDictionary<Guid, Accepted> _accepted = new();
    private int _rated;
    private int _keys;

    /// <summary>By event id.</summary>
    public IReadOnlyDictionary<Guid, Accepted> Accepted => _accepted;

    public PatientSender Sender => _sender;

    /// <summary>Ratings that were accepted so far.</summary>
    public int Rated => Volatile.Read(ref _rated);

    /// <summary>Events of managers.</summary>
    public int Managed { get; private set; }

    public async Task SendAsync(IEnumerable<HistoryStep> history)
    {
        var sheets = new Dictionary<(string, string), List<object>>();
        foreach (var step in history)
        {
            if (step.Rater is { } rater)
            {
                if (!sheets.TryGetValue((step.Organisation!, rater), out var requests)) sheets[(step.Organisation!, rater)] = requests = [];
                Add(requests, step.Event);
                continue;
            }

            await SendAsync(sheets);
            sheets.Clear();
            await ManageAsync(step.Event);
        }
    }

    /// <summary>A sheet has each quantity once; what comes after a withdrawal is another request.</summary>
    private static void Add(List<object> requests, object @event)
    {
        if (@event is RatingsWithdrawn withdrawn)
        {
            requests.Add(new WithdrawRatingsRequest(withdrawn.Items));
            return;
        }

        var item = ((RatingsSubmitted)@event).Items.Single();
        var rated = new RatingItem(item.Technique, item.FailureMode, Best: decimal.Parse(item.Best!, CultureInfo.InvariantCulture));
        if (requests is [.., SubmitRatingsRequest last]
            && !last.Items.Any(other => (other.Technique, other.FailureMode) == (item.Technique, item.FailureMode)))
            requests[^1] = last with { Items = [.. last.Items, rated] };
        else
            requests.Add(new SubmitRatingsRequest([rated]));
    }

    private Task SendAsync(Dictionary<(string, string), List<object>> sheets) => Parallel.ForEachAsync(
        sheets, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (sheet, _) =>
        {
            foreach (var request in sheet.Value) await RateAsync(sheet.Key, request);
        });

    private async Task RateAsync((string Organisation, string Rater) who, object request)
    {
        var client = _raters.GetOrAdd(who, _ => run.Intake(who.Organisation, who.Rater, "rater"));
        var path = $"studies/{study}/ratings{(request is WithdrawRatingsRequest ? ":withdraw" : "")}";
        var receipt = await _sender.WaitForAnswerAsync<RatingsReceipt>([client], path, request, Key());
        if (receipt?.EventId is not { } id || !_accepted.TryAdd(id, new Accepted(request, receipt)))
            _sender.Report($"{request} of {who} was answered with {receipt}");
        if (request is SubmitRatingsRequest sheet) Interlocked.Add(ref _rated, sheet.Items.Count);
    }

    private async Task ManageAsync(object @event)
    {
        var (path, body) = Command(@event);
        Assert.NotNull(await _sender.WaitForAnswerAsync<StudyChanged>([run.Manager], $"studies/{study}/{path}", body, Key()));
        Managed++;
    }

    private static (string Path, object Body) Command(object @event) => @event switch
    {
        RoundClosed closed => ($"rounds/{closed.Round}:close", new { }),
        RoundOpened opened => ("rounds", new OpenRoundRequest(opened.Mode)),
        OrganisationRemoved removed => ($"organisations/{removed.Organisation}:remove", new RemoveOrganisationRequest(removed.Reason)),
        AggregationPolicyChanged changed => ("policy", new ChangeAggregationPolicyRequest(
            new PolicyConstants(Rho: decimal.Parse(changed.Constants.Rho!, CultureInfo.InvariantCulture)), changed.Reason)),
        CatalogueChanged changed => ("catalogue", new ChangeCatalogueRequest(
            changed.Kind, changed.Id, changed.Name, changed.Definition, changed.Material, changed.Reason)),
        _ => throw new InvalidOperationException($"No request says {@event}."),
    };

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"{study}-{Interlocked.Increment(ref _keys)}");
}
