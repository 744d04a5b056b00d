using AlignmentMesh.Deploy.Local.Services;

namespace AlignmentMesh.Portal.EndToEnd.Tests;

/// <summary>Where the run leaves its pictures for people to look at: <c>artifacts/portal</c>, which git ignores.</summary>
internal static class Artefacts
{
    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(BuildOutput.Repository, "artifacts", "portal")).FullName;
}
