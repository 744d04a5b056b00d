using AlignmentMesh.Contracts;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Steering;

/// <summary>What a change of a study is answered with.</summary>
internal static class StudyAnswer
{
    public static void Write(Shell shell, StudyChanged changed, bool json, string done)
    {
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
