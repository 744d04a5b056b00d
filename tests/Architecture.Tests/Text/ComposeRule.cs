using System.Text.RegularExpressions;

namespace AlignmentMesh.Architecture.Tests.Text;

/// <summary>The two servers in containers: reachable from this machine only, with passwords that somebody chose.</summary>
internal static partial class ComposeRule
{
    public static IEnumerable<string> Check(SourceFile file)
    {
        foreach (var line in file.Lines.Index())
        {
            if (Password().Match(line.Item) is { Success: true } password && !Required().IsMatch(password.Groups["value"].Value))
                yield return file.At(line.Index, "a password must be a required variable: ${NAME:?why}");
            if (Port().Matches(line.Item).Any(port => !port.Value.StartsWith("\"127.0.0.1:", StringComparison.Ordinal)))
                yield return file.At(line.Index, "a port must be bound to 127.0.0.1");
        }

        var images = file.Lines.Count(line => line.TrimStart().StartsWith("image:", StringComparison.Ordinal));
        var checks = file.Lines.Count(line => line.TrimStart().StartsWith("healthcheck:", StringComparison.Ordinal));
        if (images == 0 || images != checks)
            yield return $"{file.Path}: {images} images have {checks} health checks";
    }

    [GeneratedRegex(@"^\s*\w*(?:PASSWORD|_PASS)\w*:\s*(?<value>.*)$")]
    private static partial Regex Password();

    [GeneratedRegex(@"^\$\{\w+:\?[^}]+\}$")]
    private static partial Regex Required();

    [GeneratedRegex(@"""[^""\s]*\d+:\d+""")]
    private static partial Regex Port();
}
