namespace AlignmentMesh.Architecture.Tests.Layout;

/// <summary>Which project may depend on which. One rule per area of the repository.</summary>
internal static class LayoutRule
{
    private static readonly string[] Pure = ["shared/Contracts/Contracts.csproj", "shared/Ledger/Ledger.csproj"];

    /// <summary>A domain depends on the shared pure projects and on mathematics, nothing else.</summary>
    public static IEnumerable<string> Domain(ProjectFile project)
    {
        if (!project.IsDomain)
            yield break;

        if (project.Sdk != "Microsoft.NET.Sdk")
            yield return $"{project.Path}: a domain uses the plain SDK, not {project.Sdk}";
        foreach (var reference in project.References.Except(Pure))
            yield return $"{project.Path}: a domain references shared/Contracts and shared/Ledger only, not {reference}";
        foreach (var package in project.Packages.Except(["MathNet.Numerics"]))
            yield return $"{project.Path}: a domain uses the package MathNet.Numerics only, not {package}";
        foreach (var framework in project.Frameworks)
            yield return $"{project.Path}: a domain uses no framework, not {framework}";
    }

    /// <summary>What several parties must agree on byte for byte brings nothing along but the ledger's signature scheme.</summary>
    public static IEnumerable<string> Agreed(ProjectFile project)
    {
        if (!Pure.Contains(project.Path))
            yield break;

        var allowed = project.Path == "shared/Ledger/Ledger.csproj" ? (string[])["BouncyCastle.Cryptography"] : [];
        foreach (var dependency in project.Packages.Except(allowed).Concat(project.Frameworks).Concat(project.References.Except(Pure)))
            yield return $"{project.Path}: may not depend on {dependency}";
    }

    /// <summary>Services meet through contracts: only tests and the command line reference one.</summary>
    public static IEnumerable<string> Services(ProjectFile project)
    {
        var mayReferenceAny = project.Area == "tests" || (project.Area == "services" && project.Owner == "Cli");
        if (mayReferenceAny)
            yield break;

        foreach (var reference in project.References.Where(reference => reference.StartsWith("services/", StringComparison.Ordinal)))
            if (project.Area != "services" || reference.Split('/')[1] != project.Owner)
                yield return $"{project.Path}: may not reference {reference}, a service of its own";
    }

    /// <summary>Nothing that runs depends on a test or, apart from the command line, on the scaffolding of one machine.</summary>
    public static IEnumerable<string> Direction(ProjectFile project)
    {
        string[] forbidden = project switch
        {
            { Area: "tests" } => [],
            { Area: "services", Owner: "Cli" } => ["tests/"],
            _ => ["tests/", "deploy/"],
        };
        return
            from reference in project.References
            where forbidden.Any(area => reference.StartsWith(area, StringComparison.Ordinal))
            select $"{project.Path}: may not reference {reference}";
    }
}
