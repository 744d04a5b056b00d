using System.Xml.Linq;

namespace AlignmentMesh.Architecture.Tests;

/// <summary>What a project says it depends on.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Assembly">Its own assembly name where it sets one, otherwise the one Directory.Build.props gives it.</param>
/// <param name="References">Project references, as paths relative to the root; one with a wildcard stays a pattern.</param>
internal sealed record ProjectFile(
    string Path, string Sdk, string Assembly,
    IReadOnlyList<string> References, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Directory => Path[..Path.LastIndexOf('/')];

    public bool IsDomain => Name.EndsWith(".Domain", StringComparison.Ordinal);

    /// <summary>First folder: <c>services</c>, <c>shared</c>, <c>tests</c> or <c>deploy</c>.</summary>
    public string Area => Path[..Path.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Folder below the area: for a service its name, e.g. <c>RatingIntake</c>.</summary>
    public string Owner => Path.Split('/')[1];

    public static ProjectFile Parse(SourceFile file)
    {
        var root = XDocument.Parse(file.Text).Root!;
        var directory = file.Path[..file.Path.LastIndexOf('/')];
        return new ProjectFile(
            file.Path,
            (string?)root.Attribute("Sdk") ?? "",
            (string?)root.Descendants("AssemblyName").FirstOrDefault()
                ?? $"AlignmentMesh.{System.IO.Path.GetFileNameWithoutExtension(file.Path)}",
            [.. Includes(root, "ProjectReference").Select(include => Resolve(directory, include))],
            Includes(root, "PackageReference"),
            Includes(root, "FrameworkReference"));
    }

    private static List<string> Includes(XElement root, string item) =>
        [.. root.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>()];

    private static string Resolve(string directory, string include)
    {
        var parts = new Stack<string>(directory.Split('/'));
        foreach (var part in include.Replace('\\', '/').Split('/'))
        {
            if (part == "..")
                parts.Pop();
            else if (part != ".")
                parts.Push(part);
        }

        return string.Join('/', parts.Reverse());
    }
}
