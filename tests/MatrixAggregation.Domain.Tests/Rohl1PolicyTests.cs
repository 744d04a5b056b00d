using CsCheck;
using MathNet.Numerics.Distributions;

namespace AlignmentMesh.MatrixAggregation.Domain.Tests;

public sealed class Rohl1PolicyTests
{
    private static readonly Gen<Rohl1Policy> Policy = Gen.Select(
        Gen.Double[0, 1], Gen.Double[0.1, 2], Gen.Double[0.1, 2.5], Gen.Int[0, 2].Select(power => 1 << power), Gen.Double[0.1, 2],
        Gen.Double[0.5, 3],
        (rho, sigma, least, nu, tau, verdict) => new Rohl1Policy
        {
            Rho = rho,
            SigmaWithin = sigma,
            SMin = least,
            Nu = nu,
            TauScale = tau,
            ResistantLogit = -verdict,
            VulnerableLogit = verdict,
        });

    [Fact]
    public void The_defaults_are_the_constants_of_the_reference()
    {
        var constants = Rohl1VectorCases.Constants;
        double At(string name) => constants.GetProperty(name).GetDouble();
        var policy = new Rohl1Policy();
        Assert.Equal(
            (At("rho"), At("sigma_w"), At("s_min"), At("nu"), At("tau_scale")),
            (policy.Rho, policy.SigmaWithin, policy.SMin, policy.Nu, policy.TauScale));
        var map = constants.GetProperty("verdict_logit");
        Assert.Equal(map.GetProperty("V").GetDouble(), policy.VulnerableLogit, 1e-15);
        Assert.Equal((-policy.VulnerableLogit, 0), (policy.ResistantLogit, policy.UncertainLogit));
        Assert.Equal(Rohl1Policy.Default, policy);
    }

    [Fact]
    public void Any_policy_is_the_product_of_student_densities_summed_node_by_node() => Gen.Select(Ratings.Cell, Policy).Sample(
        (cell, policy) => Assert.Equal(Literal(cell, policy), Rohl1.Pool(cell, policy)!.Value.Mean, 1e-9), iter: 60);

    [Fact]
    public void Stating_the_defaults_changes_no_bit() => Ratings.Cell.Sample(cell =>
    {
        var stated = new Rohl1Policy { Rho = 0.5, SigmaWithin = 0.75, SMin = 0.6, Nu = 2, TauScale = 0.5 };
        Assert.Equal(Rohl1.Pool(cell), Rohl1.Pool(cell, stated));
        Assert.Equal(Rohl1.Explain(cell)!.Value.Parts, Rohl1.Explain(cell, stated)!.Value.Parts);
    });

    [Fact]
    public void Dividing_an_organisation_out_is_a_fit_without_it_under_any_policy() => Gen.Select(Ratings.Cell, Policy).Sample(
        (cell, policy) =>
        {
            foreach (var part in Rohl1.Explain(cell, policy)!.Value.Parts)
            {
                Rating[] others = [.. cell.Where(rating => rating.Organisation != part.Organisation)];
                var influence = Rohl1.Pool(cell, policy)!.Value.Mean - Rohl1.Pool(others, policy)?.Mean;
                Assert.Equal(influence ?? 0, part.Influence ?? 0, 1e-9);
            }
        },
        iter: 60);

    [Fact]
    public void The_outermost_constants_still_give_numbers()
    {
        foreach (var nu in new[] { 1, 2, 4 })
        {
            var policy = new Rohl1Policy { Rho = 0, SigmaWithin = 0.1, SMin = 0.1, Nu = nu, TauScale = 0.05 };
            var cell = Rating.InOrder(Enumerable.Range(0, 64).SelectMany(o => Enumerable.Range(0, 60).Select(r =>
                new Rating($"o{o:00}", $"r{r:00}", null, o % 2, o % 2, o % 2))));
            Assert.InRange(Rohl1.Pool(cell, policy)!.Value.Mean, 0.01, 0.99);
        }
    }

    [Fact]
    public void Constants_out_of_range_are_refused_with_the_range()
    {
        Assert.Contains("0 to 1", Refused(() => new() { Rho = 1.1 }), StringComparison.Ordinal);
        Assert.Contains("0.1 to 5", Refused(() => new() { SigmaWithin = 0 }), StringComparison.Ordinal);
        Assert.Contains("0.1 to 2.5", Refused(() => new() { SMin = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("1, 2, 4", Refused(() => new() { Nu = 3 }), StringComparison.Ordinal);
        Assert.Contains("0.05 to 5", Refused(() => new() { TauScale = double.PositiveInfinity }), StringComparison.Ordinal);
        Assert.Contains("-4.6 to 0", Refused(() => new() { ResistantLogit = 1 }), StringComparison.Ordinal);
        Assert.Contains("-1 to 1", Refused(() => new() { UncertainLogit = 2 }), StringComparison.Ordinal);
        Assert.Contains("0 to 4.6", Refused(() => new() { VulnerableLogit = -1 }), StringComparison.Ordinal);
    }

    private static string Refused(Func<Rohl1Policy> make) => Assert.Throws<ArgumentOutOfRangeException>(make).Message;

    // In logarithms, with the density of a library.
    private static double Literal(Rating[] cell, Rohl1Policy policy)
    {
        var organisations = cell.GroupBy(rating => rating.Organisation).Select(own => OrganisationSummary.Of([.. own], policy)).ToArray();
        var nodes = from k in Enumerable.Range(0, 241)
                    from g in Enumerable.Range(0, 32)
                    let mu = -6 + 0.05 * k
                    let tau = policy.TauScale * Normal.InvCDF(0, 1, 0.5 + 0.5 * (g + 0.5) / 32)
                    let log = -0.5 * Math.Pow(mu / (Math.Log(2) / 0.4307272992954576), 2)
                        + organisations.Sum(o => StudentT.PDFLn(mu, Math.Sqrt(o.V + tau * tau), policy.Nu, o.Y))
                    select (mu, log);
        var all = nodes.ToArray();
        var top = all.Max(node => node.log);
        return all.Sum(node => Math.Exp(node.log - top) / (1 + Math.Exp(-node.mu))) / all.Sum(node => Math.Exp(node.log - top));
    }
}
