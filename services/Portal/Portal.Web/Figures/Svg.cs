using System.Globalization;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>Numbers as SVG attributes have them, whatever the culture.</summary>
public static class Svg
{
    public const string Font = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif";

    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
