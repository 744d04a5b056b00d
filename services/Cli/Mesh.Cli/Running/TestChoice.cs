namespace AlignmentMesh.Mesh.Cli.Running;

/// <summary>Which tests of a project are run.</summary>
/// <param name="Name">Part of the full name, or null for all.</param>
/// <param name="Arguments">What <c>dotnet test</c> is told.</param>
/// <param name="Limit">Longest run of one project.</param>
internal sealed record TestChoice(string? Name, IReadOnlyList<string> Arguments, TimeSpan Limit)
{
    private const string Short = "Length!=Long";

    public static TestChoice Of(string? name, bool longToo)
    {
        string[] parts = [.. name is null ? [] : (string[])[$"FullyQualifiedName~{name}"], .. longToo ? [] : (string[])[Short]];
        return new TestChoice(
            name, parts.Length == 0 ? [] : ["--filter", string.Join("&", parts)], TimeSpan.FromMinutes(longToo ? 90 : 20));
    }
}
