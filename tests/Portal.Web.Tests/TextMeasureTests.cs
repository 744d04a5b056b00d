using AlignmentMesh.Portal.Web.Figures;
using CsCheck;

namespace AlignmentMesh.Portal.Web.Tests;

public sealed class TextMeasureTests
{
    private static readonly Gen<string> Texts =
        Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['A', 'Z'], Gen.Const(' '), Gen.Const('-')).Array[0, 80]
            .Select(letters => new string(letters));

    [Fact]
    public void No_line_is_wider_than_its_room_and_no_letter_is_lost() => Texts.Sample(text =>
    {
        var lines = TextMeasure.Wrap(text, 90, 12);
        Assert.All(lines, line => Assert.True(TextMeasure.Width(line, 12) <= 90, line));
        Assert.Equal(string.Concat(text.Where(letter => letter != ' ')), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    });

    [Fact]
    public void What_does_not_fit_into_the_lines_ends_with_an_ellipsis() => Texts.Sample(text =>
    {
        var (all, some) = (TextMeasure.Wrap(text, 60, 12), TextMeasure.Wrap(text, 60, 12, 2));
        Assert.True(some.Count <= 2);
        Assert.Equal(all.Count > 2, some.Count == 2 && some[1].EndsWith('…'));
        Assert.All(some, line => Assert.True(TextMeasure.Width(line, 12) <= 60, line));
    });
}
