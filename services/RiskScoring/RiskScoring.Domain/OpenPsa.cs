using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// A portfolio as a fault tree in the Open-PSA Model Exchange Format 2.0d, for tools of probabilistic risk assessment: the portfolio
/// fails if its techniques do, a technique if a failure mode obtains and overcomes it. Basic events are the modes, and for each
/// cell between 0 and 1 that the technique is overcome. Names are the ids with what the format does not allow replaced; labels have
/// them in full.
/// </summary>
public static class OpenPsa
{
    /// <summary>The top event.</summary>
    public const string Top = "portfolio-fails";

    /// <param name="portfolio">The model of the portfolio's techniques only, see <see cref="RiskModel.Of"/>.</param>
    /// <param name="failing">How many techniques must fail for the portfolio to fail; null for all of them.</param>
    /// <exception cref="RiskInputException">No technique, or a number failing outside 1..t.</exception>
    public static string Of(RiskModel portfolio, int? failing = null)
    {
        var t = portfolio.Techniques.Count;
        var k = failing ?? t;
        if (t == 0) throw new RiskInputException("portfolio", "empty", "at least one technique");
        if (k < 1 || k > t)
            throw new RiskInputException("failing", k.ToString(CultureInfo.InvariantCulture), $"1 to {t}, the number of techniques");
        var names = new Names(portfolio);
        var tree = new XElement(
            "define-fault-tree", new XAttribute("name", "portfolio"), Label(ScoreRisk.Statement),
            new XElement(
                "define-gate", new XAttribute("name", Top), Label(string.Join(" + ", portfolio.Techniques)),
                Combined([.. names.Techniques.Select(name => Named("gate", name))], k)),
            Enumerable.Range(0, t).Select(i => Technique(portfolio, names, i)));
        var data = new XElement("model-data", Modes(portfolio, names), Cells(portfolio));
        return new XDeclaration("1.0", "UTF-8", null) + "\n" + new XElement("opsa-mef", tree, data) + "\n";
    }

    private static XElement Technique(RiskModel portfolio, Names names, int technique)
    {
        XElement[] ways =
        [
            .. Enumerable.Range(0, portfolio.FailureModes.Count).Where(j => portfolio.Means(j)[technique] > 0).Select(j =>
                portfolio.Means(j)[technique] == 1
                    ? Named("basic-event", names.FailureModes[j])
                    : new XElement("and", Named("basic-event", names.FailureModes[j]), Named("basic-event", Names.Cell(technique, j)))),
        ];
        return new XElement(
            "define-gate", new XAttribute("name", names.Techniques[technique]), Label(portfolio.Techniques[technique]),
            ways.Length == 0 ? new XElement("constant", new XAttribute("value", "false")) : Combined(ways, 1));
    }

    /// <summary>At least k of the formulas.</summary>
    private static XElement Combined(XElement[] formulas, int k) =>
        formulas.Length == 1 ? formulas[0]
        : k == 1 ? new XElement("or", formulas)
        : k == formulas.Length ? new XElement("and", formulas)
        : new XElement("atleast", new XAttribute("min", k), formulas);

    /// <summary>Those that overcome something: an event that no gate has is an error in the reader's eyes.</summary>
    private static IEnumerable<XElement> Modes(RiskModel portfolio, Names names) =>
        from j in Enumerable.Range(0, portfolio.FailureModes.Count)
        where portfolio.Means(j).IndexOfAnyExcept(0.0) >= 0
        select Event(names.FailureModes[j], $"{portfolio.FailureModes[j]} obtains", portfolio.Likelihoods[j]);

    private static IEnumerable<XElement> Cells(RiskModel portfolio) =>
        from i in Enumerable.Range(0, portfolio.Techniques.Count)
        from j in Enumerable.Range(0, portfolio.FailureModes.Count)
        let mean = portfolio.Means(j)[i]
        where mean is > 0 and < 1
        select Event(Names.Cell(i, j), $"{portfolio.FailureModes[j]} overcomes {portfolio.Techniques[i]}", mean);

    private static XElement Event(string name, string label, double probability) => new(
        "define-basic-event", new XAttribute("name", name), Label(label),
        new XElement("float", new XAttribute("value", probability.ToString("R", CultureInfo.InvariantCulture))));

    private static XElement Named(string element, string name) => new(element, new XAttribute("name", name));

    private static XElement Label(string text) => new("label", string.Concat(text.Where(XmlConvert.IsXmlChar)));

    /// <summary>What the format allows, all different: a letter, then letters, digits, underscores and single hyphens.</summary>
    private sealed class Names(RiskModel portfolio)
    {
        public string[] Techniques { get; } = Distinct("fails", portfolio.Techniques);

        public string[] FailureModes { get; } = Distinct("obtains", portfolio.FailureModes);

        public static string Cell(int technique, int mode) => $"overcome-{technique + 1}-by-{mode + 1}";

        private static string[] Distinct(string verb, IReadOnlyList<string> ids)
        {
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            return [.. ids.Select((id, place) =>
            {
                var name = $"{verb}-{Allowed(id)}".TrimEnd('-');
                for (; !taken.Add(name); name += $"-{place + 1}")
                {
                }

                return name;
            })];
        }

        private static string Allowed(string id) => string.Join('-', string.Concat(
            id.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '-')).Split('-', StringSplitOptions.RemoveEmptyEntries));
    }
}
