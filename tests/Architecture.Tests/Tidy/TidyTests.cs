namespace AlignmentMesh.Architecture.Tests.Tidy;

public sealed class TidyTests
{
    [Fact]
    public void The_sources_have_been_found() =>
        Assert.Contains(Repository.Sources, file => file.Path == "shared/Contracts/ContractJson.cs");

    [Fact]
    public void Every_file_is_short_enough() => Findings.None(Repository.Sources, LengthRule.Files);

    [Fact]
    public void Every_method_fits_on_a_screen() => Findings.None(Repository.Sources, LengthRule.Methods);

    [Fact]
    public void Every_line_is_short_and_clean() => Findings.None(Repository.Sources, LengthRule.Lines);

    [Fact]
    public void No_comment_promises_work() => Findings.None(Repository.Sources, CommentRule.Promises);

    [Fact]
    public void No_comment_keeps_code() => Findings.None(Repository.Sources, CommentRule.Code);

    [Fact]
    public void No_catch_is_silent() => Findings.None(Repository.Sources, CatchRule.Check);

    [Fact]
    public void Every_suppression_in_source_has_its_reason() => Findings.None(Repository.Sources, SuppressionRule.Source);

    [Fact]
    public void Every_suppression_in_a_project_has_its_reason() => Findings.None(Repository.TextFiles, SuppressionRule.Project);

    [Fact]
    public void Every_rule_turned_off_has_its_reason() => Findings.None(Repository.TextFiles, SuppressionRule.EditorConfig);

    [Fact]
    public void No_folder_is_named_by_kind() => Findings.None(Repository.Sources, NameRule.Folders);

    [Fact]
    public void No_type_has_an_empty_name() => Findings.None(Repository.Sources, NameRule.Types);

    [Fact]
    public void Every_test_is_named_by_a_sentence() => Findings.None(Repository.Sources, NameRule.Tests);

    [Fact]
    public void No_test_sleeps_for_a_fixed_time() => Findings.None(Repository.Sources, WaitRule.Check);
}
