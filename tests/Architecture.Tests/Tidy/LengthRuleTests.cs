namespace AlignmentMesh.Architecture.Tests.Tidy;

public sealed class LengthRuleTests
{
    [Theory]
    [InlineData(200, 0)]
    [InlineData(201, 1)]
    public void A_file_may_have_200_lines(int lines, int findings) =>
        Assert.Equal(findings, Findings.In(LengthRule.Files, Repeat("// why\n", lines)).Count);

    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 1)]
    public void The_program_of_a_service_may_have_30_lines(int lines, int findings) =>
        Assert.Equal(findings, Findings.In(LengthRule.Files, Repeat("// why\n", lines), "services/X/X.Service/Program.cs").Count);

    [Theory]
    [InlineData("", 0)]
    [InlineData("static int Code() { return 1; }", 1)]
    public void A_long_table_is_accepted_only_without_code(string member, int findings) =>
        Assert.Equal(findings, Findings.In(LengthRule.Files, Table("// Published values.", member), "services/X/NodeTables.cs").Count);

    [Fact]
    public void A_long_table_that_does_not_say_what_it_is_is_found() =>
        Assert.Single(Findings.In(LengthRule.Files, Table("", ""), "services/X/NodeTables.cs"));

    [Theory]
    [InlineData(37, 0)]
    [InlineData(38, 1)]
    public void A_method_may_have_40_lines_without_its_attributes(int statements, int findings) =>
        Assert.Equal(
            findings,
            Findings.In(LengthRule.Methods, $"class C\n{{\n[A]\n[B]\nvoid M()\n{{\n{Repeat("M();\n", statements)}}}\n}}\n").Count);

    [Theory]
    [InlineData("void Outer() { void Inner()")]
    [InlineData("int Property { get")]
    public void Local_functions_and_accessors_count_as_methods(string head) =>
        Assert.NotEmpty(Findings.In(LengthRule.Methods, $"class C\n{{\n{head}\n{{\n{Repeat("M();\n", 40)}}} }}\n}}\n"));

    [Fact]
    public void A_long_line_a_tab_and_trailing_space_are_found() =>
        Assert.Equal(4, Findings.In(LengthRule.Lines, $"{new string('x', 141)}\n\tx\nx \nx\r\n{new string('x', 140)}\n").Count);

    private static string Table(string comment, string member) =>
        $"{comment}\nclass NodeTables\n{{\nstatic readonly double[] Nodes = [\n{Repeat("1.0,\n", 300)}];\n{member}\n}}\n";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
