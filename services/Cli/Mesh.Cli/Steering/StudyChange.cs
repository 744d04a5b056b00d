using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Client;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary>What a change of a study is asked with, and answered.</summary>
internal static class StudyChange
{
    /// <param name="path">Below the API's root.</param>
    /// <param name="done">What happened if anything changed.</param>
    public static async Task MakeAsync(
        Shell shell, ServiceClient intake, string path, object? request, bool json, string done, CancellationToken ct)
    {
        var changed = await intake.PostAsync<StudyChanged>(path, request, intake.NewKey(), ct);
        if (json)
        {
            shell.WriteJson(changed);
            return;
        }

        var round = changed.Round is { } number ? $", round {number}" : "";
        shell.Out.WriteLine(changed.EventId is { } id
            ? $"{changed.Study}{round}: {done}, event {id}, version {changed.Version}"
            : $"{changed.Study}{round}: was so already, version {changed.Version}");
    }
}
