namespace AlignmentMesh.Architecture.Tests.Tidy;

public sealed class TidyRuleTests
{
    [Theory]
    [InlineData("// TODO: later", 1)]
    [InlineData("/* a\n fixme b */", 1)]
    [InlineData("/// <summary>A hack.</summary>\nclass C;", 1)]
    [InlineData("class C { string S = \"TODO\"; } // Todos are read elsewhere.", 0)]
    public void A_promise_in_a_comment_is_found(string text, int findings) =>
        Assert.Equal(findings, Findings.In(CommentRule.Promises, text).Count);

    [Theory]
    [InlineData("// var x = 1;", 1)]
    [InlineData("// if (x) {", 1)]
    [InlineData("// }", 1)]
    [InlineData("// if (x) { y(); }", 1)]
    [InlineData("/*\n x();\n*/", 1)]
    [InlineData("// Streams are named study/{study}", 0)]
    [InlineData("// break;", 1)]
    [InlineData("// A sentence;\n// and more.", 0)]
    [InlineData("/// <code>\n/// x();\n/// </code>\nclass C;", 0)]
    public void Commented_out_code_is_found(string text, int findings) => Assert.Equal(findings, Findings.In(CommentRule.Code, text).Count);

    [Theory]
    [InlineData("catch { Log(); }", 1)]
    [InlineData("catch (IOException) { }", 1)]
    [InlineData("catch (Exception) { return; }", 1)]
    [InlineData("catch (Exception e) { Count(); }", 1)]
    [InlineData("catch (Exception) { /* any reason */ }", 1)]
    [InlineData("catch (IOException) { /* The file is gone already, which is what we want. */ }", 0)]
    [InlineData("catch (Exception e) { Log(e); }", 0)]
    [InlineData("catch (Exception) { Undo(); throw; }", 0)]
    [InlineData("catch (Exception) when (stopping) { return; }", 0)]
    public void A_silent_catch_is_found(string clause, int findings) =>
        Assert.Equal(findings, Findings.In(CatchRule.Check, $"class C {{ void M() {{ try {{ }} {clause} }} }}").Count);

    [Theory]
    [InlineData("#pragma warning disable CA1000", 1)]
    [InlineData("class C;\n#pragma warning disable CA1000\n", 1)]
    [InlineData("// CA1000: the reason.\n#pragma warning disable CA1000\n#pragma warning restore CA1000", 0)]
    [InlineData("[SuppressMessage(\"a\", \"b\")] class C;", 1)]
    [InlineData("[SuppressMessage(\"a\", \"b\", Justification = \"\")] class C;", 1)]
    [InlineData("[SuppressMessage(\"a\", \"b\", Justification = \"The reason.\")] class C;", 0)]
    public void A_suppression_without_a_reason_is_found(string text, int findings) =>
        Assert.Equal(findings, Findings.In(SuppressionRule.Source, text).Count);

    [Theory]
    [InlineData("<NoWarn>CA1</NoWarn>", 1)]
    [InlineData("<!-- CA1: the reason. -->\n  <NoWarn>CA1</NoWarn>", 0)]
    [InlineData("<!-- About the other. -->\n  <Other /><NoWarn>CA1</NoWarn>", 1)]
    public void A_project_that_silences_without_a_reason_is_found(string xml, int findings) =>
        Assert.Equal(findings, Findings.In(SuppressionRule.Project, $"<P>{xml}</P>", "a/a.csproj").Count);

    [Theory]
    [InlineData("dotnet_diagnostic.CA1.severity = none", 1)]
    [InlineData("# CA2: another reason.\ndotnet_diagnostic.CA1.severity = none", 1)]
    [InlineData("# CA1: the reason.\ndotnet_diagnostic.CA1.severity = none", 0)]
    [InlineData("dotnet_diagnostic.CA1.severity = warning", 0)]
    public void A_rule_turned_off_without_a_reason_is_found(string text, int findings) =>
        Assert.Equal(findings, Findings.In(SuppressionRule.EditorConfig, text, ".editorconfig").Count);

    [Theory]
    [InlineData("services/X/X.Domain/Handlers/A.cs", 1)]
    [InlineData("services/X/X.Service/SubmittingRatings/A.cs", 0)]
    public void A_folder_named_by_kind_is_found(string path, int findings) =>
        Assert.Equal(findings, Findings.In(NameRule.Folders, "", path).Count);

    [Theory]
    [InlineData("class RatingHelper;", 1)]
    [InlineData("record struct StudyManager;", 1)]
    [InlineData("class Rating;", 0)]
    public void A_type_with_an_empty_name_is_found(string text, int findings) =>
        Assert.Equal(findings, Findings.In(NameRule.Types, text).Count);

    [Theory]
    [InlineData("[Fact] public void SubmitWorks() { }", 1)]
    [InlineData("[SkippableTheory] public void Submit_works() { }", 1)]
    [InlineData("[Fact] public void A_rating_is_kept() { }", 0)]
    [InlineData("public void Arrange() { }", 0)]
    public void A_test_without_a_sentence_is_found(string method, int findings) =>
        Assert.Equal(findings, Findings.In(NameRule.Tests, $"class C {{ {method} }}").Count);

    [Theory]
    [InlineData("void A() { Thread.Sleep(1); }", "tests/A.Tests/A.cs", 1)]
    [InlineData("void A() { System.Threading.Tasks.Task.Delay(1); }", "tests/A.Tests/A.cs", 1)]
    [InlineData("void EventuallyTrue() { Task.Delay(1); }", "tests/A.Tests/A.cs", 0)]
    [InlineData("void A() { Task.Delay(1); }", "services/A.cs", 0)]
    [InlineData("void A() { Task.Delay(1); }", "tests/StandIn.Service/A.cs", 0)]
    public void A_fixed_sleep_in_a_test_is_found(string method, string path, int findings) =>
        Assert.Equal(findings, Findings.In(WaitRule.Check, $"class C {{ {method} }}", path).Count);
}
