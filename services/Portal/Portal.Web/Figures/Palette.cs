namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>A fill and the colour of text on it, at least 4.5 : 1 apart.</summary>
public sealed record Swatch(string Fill, string Ink);

/// <summary>
/// The scales of the figures: five steps each, dark for more, distinct in greyscale. None is red against green, and no figure says
/// anything by colour alone. ColorBrewer's YlOrBr, Purples, Blues and RdBu, steps darkened where text on them would not be readable.
/// </summary>
public static class Palette
{
    private const string Dark = "#111111";
    private const string Light = "#ffffff";

    public const string Outline = "#555555";
    public const string Soft = "#51555e";
    public const string Line = "#d9dbe0";

    /// <summary>What happens when failures are shared, and what a naive reading expects.</summary>
    public const string Shared = "#993404";
    public const string Naive = "#2166ac";

    public static Swatch None { get; } = new("#f4f4f4", Dark);

    public static IReadOnlyList<Swatch> Value { get; } =
        [new("#ffffd4", Dark), new("#fed98e", Dark), new("#fe9929", Dark), new("#d95f0e", Dark), new("#993404", Light)];

    public static IReadOnlyList<Swatch> Disagreement { get; } =
        [new("#f2f0f7", Dark), new("#cbc9e2", Dark), new("#9e9ac8", Dark), new("#756bb1", Light), new("#54278f", Light)];

    public static IReadOnlyList<Swatch> Coverage { get; } =
        [new("#eff3ff", Dark), new("#bdd7e7", Dark), new("#6baed6", Dark), new("#2171b5", Light), new("#084594", Light)];

    /// <summary>From much less to much more vulnerable.</summary>
    public static IReadOnlyList<Swatch> Change { get; } =
        [new("#2166ac", Light), new("#92c5de", Dark), new("#f7f7f7", Dark), new("#f4a582", Dark), new("#b2182b", Light)];

    public static IReadOnlyList<IReadOnlyList<Swatch>> All { get; } = [Value, Disagreement, Coverage, Change, [None]];

    /// <summary>The step of a printed number: how many of the bounds it has reached.</summary>
    public static Swatch Step(IReadOnlyList<Swatch> scale, double printed, params ReadOnlySpan<double> bounds)
    {
        var step = 0;
        foreach (var bound in bounds) step += printed >= bound ? 1 : 0;
        return scale[step];
    }
}
