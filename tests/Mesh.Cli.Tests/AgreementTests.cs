using AlignmentMesh.Mesh.Cli.Demo;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class AgreementTests
{
    private sealed record Numbers(string Name, IReadOnlyList<double> Values, double? Maybe = null);

    [Fact]
    public void Equal_answers_agree_to_the_last_bit() =>
        Assert.True(Agreement.Require("It", new Numbers("a", [0.1, 2]), new Numbers("a", [0.1, 2])));

    [Fact]
    public void A_difference_in_the_last_bit_is_told_apart_and_within_the_tolerance() =>
        Assert.False(Agreement.Require("It", new Numbers("a", [0.1]), new Numbers("a", [Math.BitIncrement(0.1)])));

    [Fact]
    public void Numbers_text_length_and_missing_fields_that_differ_are_told_with_their_place()
    {
        Assert.Contains("values[1] is 2.1, recomputed 2", Refused(new Numbers("a", [0.1, 2]), new Numbers("a", [0.1, 2.1])));
        Assert.Contains("name is b, recomputed a", Refused(new Numbers("a", []), new Numbers("b", [])));
        Assert.Contains("values has 2 elements, recomputed 1", Refused(new Numbers("a", [1]), new Numbers("a", [1, 2])));
        Assert.Contains("maybe is in one of them only", Refused(new Numbers("a", []), new Numbers("a", [], 1)));
    }

    private static string Refused(Numbers computed, Numbers answered) =>
        Assert.Throws<CommandException>(() => Agreement.Require("It", computed, answered)).Message;
}
