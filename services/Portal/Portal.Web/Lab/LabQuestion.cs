using System.Globalization;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Portal.Web.Lab;

/// <summary>
/// What an address of the lab asks: techniques (<c>t</c>), likelihoods (<c>p.MODE</c>) and cells (<c>c.TECHNIQUE/MODE</c>) in per cent
/// where they are not the matrix's, how many must hold (<c>need</c>), and assumptions about dependence (<c>floor</c>, <c>beta</c>,
/// <c>together</c> with <c>cause</c>, <c>exclusive</c>).
/// </summary>
/// <param name="Query">The same for an address, in one order.</param>
/// <param name="Problems">What in the address cannot be asked, each naming parameter, value and what is allowed.</param>
public sealed record LabQuestion(
    SimulateRequest Request, IReadOnlyList<(string Name, string? Value)> Query, IReadOnlyList<string> Problems)
{
    public IReadOnlyList<string> Techniques => Request.Techniques!;

    /// <summary>Failure modes with a common cause; one alone changes nothing.</summary>
    public IReadOnlyList<string> Together => Said("together")?.Split(',') ?? [];

    /// <summary>True when a number is not the matrix's.</summary>
    public bool HasOwnNumbers => Request is not { Cells: null, Likelihoods: null };

    public static string Likelihood(string mode) => "p." + mode;

    public static string Cell(string technique, string mode) => $"c.{technique}/{mode}";

    /// <summary>What the address says of one field, or null.</summary>
    public string? Said(string name) => Query.FirstOrDefault(pair => pair.Name == name).Value;

    /// <summary>The same with a technique added, or without it.</summary>
    public IReadOnlyList<(string Name, string? Value)> With(string technique, bool isIn) =>
    [
        ("t", string.Join(',', isIn ? [.. Techniques, technique] : Techniques.Where(one => one != technique))),
        .. Query.Where(pair => pair.Name != "t"),
    ];

    public static LabQuestion Of(MatrixView matrix, IQueryCollection query)
    {
        string[] modes = [.. matrix.FailureModes.Select(mode => mode.Id)];
        var read = new LabFields(query);
        read.Know("p.", modes.Select(Likelihood));
        read.Know("c.", matrix.Techniques.SelectMany(technique => modes.Select(mode => Cell(technique.Id, mode))));
        var techniques = query.ContainsKey("t") ? read.List("t", [.. matrix.Techniques.Select(one => one.Id)]) : Usual(matrix);
        if (techniques.Count > 0) read.Keep("t", string.Join(',', techniques));
        CellOverride[] cells =
        [
            .. from technique in matrix.Techniques
               from mode in matrix.FailureModes
               let value = read.Share(Cell(technique.Id, mode.Id))
               where value is not null
               select new CellOverride(technique.Id, mode.Id, value.Value),
        ];
        LikelihoodOverride[] likelihoods =
        [
            .. matrix.FailureModes.Select(mode => (mode.Id, Value: read.Share(Likelihood(mode.Id)))).Where(one => one.Value is not null)
                .Select(one => new LikelihoodOverride(one.Id, one.Value!.Value)),
        ];
        var request = new SimulateRequest(
            techniques, read.Whole("need", techniques.Count), cells is [] ? null : cells, likelihoods is [] ? null : likelihoods,
            UnmodelledFloor: read.Share("floor"), ResidualBeta: read.Share("beta"), Groups: GroupsOf(read, modes),
            ExclusiveModes: read.List("exclusive", ["1"]) is ["1"] ? read.Keep("exclusive", "1") : null);
        return new LabQuestion(request, read.Kept, read.Problems);
    }

    private static ModeGroup[]? GroupsOf(LabFields read, IReadOnlyList<string> all)
    {
        var (modes, share) = (read.List("together", all), read.Share("cause"));
        if (modes.Count > 0) read.Keep("together", string.Join(',', modes));
        return modes.Count < 2 ? null : [new ModeGroup(modes, share ?? 0.5)];
    }

    /// <summary>The study's first portfolio of several techniques, or all techniques.</summary>
    private static IReadOnlyList<string> Usual(MatrixView matrix) =>
        matrix.Portfolios.FirstOrDefault(portfolio => portfolio.Techniques.Count > 1)?.Techniques
        ?? [.. matrix.Techniques.Select(technique => technique.Id)];
}

/// <summary>Reads the fields of an address and keeps those that say something.</summary>
internal sealed class LabFields(IQueryCollection query)
{
    private readonly List<(string Name, string? Value)> _kept = [];
    private readonly List<string> _problems = [];

    public IReadOnlyList<(string Name, string? Value)> Kept => _kept;

    public IReadOnlyList<string> Problems => _problems;

    public bool Keep(string name, string value)
    {
        _kept.Add((name, value));
        return true;
    }

    /// <summary>Fields whose names begin so have to be among these.</summary>
    public void Know(string prefix, IEnumerable<string> names) => _problems.AddRange(
        query.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Except(names)
            .Select(key => $"{key} is not there; allowed: {prefix} followed by ids of the version's catalogue."));

    /// <summary>Values, each one of <paramref name="all"/>, of a field that may stand several times, or once with commas.</summary>
    public IReadOnlyList<string> List(string name, IReadOnlyList<string> all)
    {
        string[] said =
        [
            .. query[name]
                .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Distinct(),
        ];
        foreach (var unknown in said.Except(all)) _problems.Add($"{name} is '{unknown}'; allowed: {string.Join(", ", all)}.");
        return said;
    }

    /// <summary>Per cent as a share of 1; null where the field is empty.</summary>
    public double? Share(string name)
    {
        if (query[name].ToString() is not { Length: > 0 } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100)
        {
            Keep(name, text);
            return (double)(percent / 100);
        }

        _problems.Add($"{name} is '{text}'; allowed: a number from 0 to 100, in per cent.");
        return null;
    }

    /// <summary>A number of things out of <paramref name="most"/>; null where the field is empty.</summary>
    public int? Whole(string name, int most)
    {
        if (query[name].ToString() is not { Length: > 0 } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            Keep(name, text);
            return number;
        }

        _problems.Add($"{name} is '{text}'; allowed: a whole number from 1 to {most.ToString(CultureInfo.InvariantCulture)}.");
        return null;
    }
}
