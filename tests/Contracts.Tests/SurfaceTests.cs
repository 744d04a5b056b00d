using System.Runtime.CompilerServices;

namespace AlignmentMesh.Contracts.Tests;

public sealed class SurfaceTests
{
    private const string Approve = "MESH_APPROVE";

    [Fact]
    public void The_wire_surface_is_the_approved_one()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Contracts.approved.txt");
        var surface = Surface.Of(ContractTypes.All);
        if (Environment.GetEnvironmentVariable(Approve) == "1")
            File.WriteAllText(path, surface);

        var difference = Difference(File.Exists(path) ? File.ReadAllText(path) : "", surface);
        Assert.True(
            difference.Count == 0,
            "The contracts changed. Additions are fine; a changed meaning is a new record (docs/adr/0009).\n"
            + string.Join('\n', difference) + $"\nTo approve, run these tests once with {Approve}=1 and commit Contracts.approved.txt.");
    }

    [Fact]
    public void A_property_its_type_its_nullability_its_order_and_its_default_are_part_of_the_surface() =>
        Assert.Equal(
            $"{typeof(Specimen).FullName}\n    Id: Guid\n    Names: IReadOnlyList<string>?\n    Count: int? = null\n    Stale: int = 0\n",
            Surface.Of([typeof(Specimen)]));

    [Fact]
    public void Published_names_are_part_of_the_surface() =>
        Assert.Contains("ratings-submitted RatingsSubmitted", Surface.Of([typeof(LedgerEventNames)]), StringComparison.Ordinal);

    [Fact]
    public void A_moved_line_is_a_difference() =>
        Assert.Equal(["- a", "+ b", "- b", "+ a"], Difference("T\na\nb\nc\n", "T\nb\na\nc\n"));

    /// <summary>Lines that went (-) and came (+), with the type they belong to.</summary>
    private static List<string> Difference(string approved, string actual)
    {
        string[] before = approved.Split('\n'), after = actual.Split('\n');
        if (approved == actual)
            return [];

        string[] went = [.. Named(before).Except(Named(after))], came = [.. Named(after).Except(Named(before))];
        return went.Length + came.Length > 0
            ? [.. went.Select(line => "- " + line), .. came.Select(line => "+ " + line)]
            : [.. from pair in before.Zip(after)
                  where pair.First != pair.Second
                  from line in new[] { "- " + pair.First, "+ " + pair.Second }
                  select line];
    }

    private static IEnumerable<string> Named(string[] lines)
    {
        var type = "";
        foreach (var line in lines)
        {
            if (!line.StartsWith(' '))
                type = line;
            yield return line.StartsWith(' ') ? $"{type}.{line.Trim()}" : line;
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private sealed record Specimen(Guid Id, IReadOnlyList<string>? Names, int? Count = null, int Stale = 0);
}
