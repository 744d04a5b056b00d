using System.Globalization;
using System.Xml.Linq;
using AlignmentMesh.Portal.Web.Figures;

namespace AlignmentMesh.Portal.Web.Tests;

/// <summary>An SVG as a file has it: well-formed XML, or reading it fails.</summary>
internal sealed class SvgPicture
{
    private readonly XElement _root;

    public SvgPicture(string svg)
    {
        _root = XElement.Parse(svg);
        Assert.Equal("http://www.w3.org/2000/svg", _root.Name.NamespaceName);
    }

    public IReadOnlyList<string> Titles => [.. Named("title").Select(title => title.Value)];

    public IReadOnlyList<string> Texts => [.. Named("text").Select(text => text.Value)];

    /// <summary>No text begins or ends outside the view box, as far as its width can be told without a font.</summary>
    public void HoldsAllText()
    {
        var box = Box();
        Assert.All(Named("text"), text =>
        {
            var (x, y) = Place(text);
            var bold = (string?)text.Attribute("font-weight") is "600" or "700" ? TextMeasure.Bold : 1;
            var width = TextMeasure.Width(text.Value, Number((string)text.Attribute("font-size")!)) * bold;
            var left = (string?)text.Attribute("text-anchor") switch { "middle" => x - width / 2, "end" => x - width, _ => x };
            Assert.True(left >= -0.5 && left + width <= box[2] + 0.5 && y >= 0 && y <= box[3], $"'{text.Value}' at {left}, {y}");
        });
    }

    /// <summary>No line, rectangle or circle begins or ends outside the view box.</summary>
    public void HoldsAllShapes()
    {
        var box = Box();
        foreach (var (name, ends) in Shapes)
            Assert.All(Named(name), shape =>
            {
                var (dx, dy) = Around(shape);
                double Of(string attribute) => Number((string?)shape.Attribute(attribute) ?? "0");
                foreach (var (x, y) in ends(Of))
                    Assert.True(x + dx >= -1 && x + dx <= box[2] + 1 && y + dy >= -1 && y + dy <= box[3] + 1, $"{shape} + {dx}, {dy}");
            });
    }

    private static readonly (string Name, Func<Func<string, double>, (double X, double Y)[]> Ends)[] Shapes =
    [
        ("line", of => [(of("x1"), of("y1")), (of("x2"), of("y2"))]),
        ("rect", of => [(of("x"), of("y")), (of("x") + of("width"), of("y") + of("height"))]),
        ("circle", of => [(of("cx") - of("r"), of("cy") - of("r")), (of("cx") + of("r"), of("cy") + of("r"))]),
    ];

    private double[] Box() => [.. ((string)_root.Attribute("viewBox")!).Split(' ').Select(Number)];

    private IEnumerable<XElement> Named(string name) => _root.Descendants().Where(element => element.Name.LocalName == name);

    /// <summary>Where a text is, with all translations around it.</summary>
    private static (double X, double Y) Place(XElement text)
    {
        var (dx, dy) = Around(text);
        return (Number((string?)text.Attribute("x") ?? "0") + dx, Number((string?)text.Attribute("y") ?? "0") + dy);
    }

    private static (double X, double Y) Around(XElement element)
    {
        var (x, y) = (0.0, 0.0);
        foreach (var around in element.Ancestors())
            if ((string?)around.Attribute("transform") is { } transform)
            {
                var moved = transform["translate(".Length..^1].Split(' ').Select(Number).ToArray();
                (x, y) = (x + moved[0], y + moved[1]);
            }

        return (x, y);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
