using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;

namespace AlignmentMesh.MatrixAggregation.Service.Tests;

/// <summary>One event as somebody caused it; <paramref name="Rater"/> is null for what the study's managers do.</summary>
internal sealed record HistoryStep(object Event, string? Organisation = null, string? Rater = null);

/// <summary>
/// What happens in a study after its first round was opened, the same for the same seed: ratings, revisions and withdrawals by the
/// raters of many organisations, blind rounds between open ones, removals, redefinitions and policies. Intake would accept it all.
/// </summary>
/// <param name="organisations">They are called org-0, org-1, ...; up to half of them are removed on the way.</param>
/// <param name="ratings">How many items are rated; about one in twenty is withdrawn besides.</param>
internal sealed class SeededHistory(Catalogue catalogue, int organisations, int ratersEach, int ratings, int seed)
{
    private readonly Random _draws = new(seed);
    private readonly Dictionary<(string, string), List<WithdrawnItem>> _live = [];
    private int _removed;

    /// <summary>To be enumerated once. The last step closes the last round.</summary>
    public IEnumerable<HistoryStep> Steps()
    {
        var round = 1;
        for (var rated = 0; rated < ratings;)
        {
            var (organisation, rater) = ($"org-{_draws.Next(_removed, organisations)}", $"r-{_draws.Next(ratersEach)}");
            if (!_live.TryGetValue((organisation, rater), out var live)) live = _live[(organisation, rater)] = [];
            if (live.Count > 0 && _draws.Next(20) == 0)
            {
                yield return new(new RatingsWithdrawn(round, IsBlind(round), [Taken(live)]), organisation, rater);
            }
            else
            {
                yield return new(new RatingsSubmitted(round, IsBlind(round), "human", [Rated(live)]), organisation, rater);
                rated++;
            }

            if (_draws.Next(Math.Max(2, ratings / 20)) == 0) yield return new(Steered());
            if (_draws.Next(Math.Max(2, ratings / 12)) != 0) continue;
            yield return new(new RoundClosed(round++));
            yield return new(new RoundOpened(round, IsBlind(round) ? "blind" : "open"));
        }

        yield return new(new RoundClosed(round));
    }

    private static bool IsBlind(int round) => round % 2 == 0;

    private WithdrawnItem Taken(List<WithdrawnItem> live)
    {
        var item = live[_draws.Next(live.Count)];
        live.Remove(item);
        return item;
    }

    private RatedItem Rated(List<WithdrawnItem> live)
    {
        var item = new WithdrawnItem(Drawn(catalogue.Techniques), _draws.Next(9) == 0 ? null : Drawn(catalogue.FailureModes));
        if (item.FailureMode is not null && _draws.Next(9) == 0) item = item with { Technique = null };
        if (!live.Contains(item)) live.Add(item);
        return new RatedItem(item.Technique, item.FailureMode, Best: Decimals.Format(_draws.Next(1, 1_000_000) / 1_000_000m));
    }

    private string Drawn(IReadOnlyList<CatalogueItem> items) => items[_draws.Next(items.Count)].Id;

    private object Steered()
    {
        switch (_draws.Next(3))
        {
            case 0 when _removed < organisations / 2:
                return new OrganisationRemoved($"org-{_removed++}", "left");
            case 1:
                return new AggregationPolicyChanged(new(Rho: Decimals.Format(_draws.Next(1, 1000) / 1000m)), "because");
            default:
                var id = Drawn(catalogue.Techniques);
                return new CatalogueChanged("technique", id, id, $"{_draws.Next()}", _draws.Next(2) == 0, "because");
        }
    }
}
