namespace AlignmentMesh.Architecture.Tests.Text;

public sealed class TextTests
{
    [Fact]
    public void No_password_is_committed() => Findings.None(Repository.TextFiles, SecretRule.Check);

    [Fact]
    public void No_path_of_one_machine_is_committed() => Findings.None(Repository.TextFiles, PlaceRule.Paths);

    [Fact]
    public void No_package_registry_is_named() => Findings.None(Repository.TextFiles, PlaceRule.Registries);

    [Fact]
    public void The_containers_have_no_default_password_and_stay_on_this_machine() =>
        Findings.None(
            [Repository.Find("docker-compose.yml")!, Repository.Find("deploy/docker/servers.yml")!], ComposeRule.Check);

    [Theory]
    [InlineData("var s = \"Host=x;Pass" + "word=postgres\";", 1)]
    [InlineData("var s = \"amqp://guest:gu" + "est@localhost/\";", 1)]
    [InlineData("builder.Password = \"abc\";", 1)]
    [InlineData("const string AdminPassword = \"abc\";", 1)]
    [InlineData("host.Password(\"abc\");", 1)]
    [InlineData("builder.Password = password;", 0)]
    [InlineData("var s = $\"Host=x;Password={password}\";", 0)]
    [InlineData("var s = \"set MESH_POSTGRES (Host=...;Password=...)\";", 0)]
    [InlineData("var s = \"amqp://user:password@host:5672/\";", 0)]
    public void A_password_in_code_is_found(string statement, int findings) =>
        Assert.Equal(findings, Findings.In(SecretRule.Check, $"class C {{ void M() {{ {statement} }} }}").Count);

    [Theory]
    [InlineData("POSTGRES_PASS" + "WORD: postgres", 1)]
    [InlineData("{ \"Pass" + "word\": \"abc\" }", 1)]
    [InlineData("export MESH_PASS" + "WORD=abc", 1)]
    [InlineData("-----BEGIN EC PRI" + "VATE KEY-----", 1)]
    [InlineData("POSTGRES_PASSWORD: ${MESH_POSTGRES_PASSWORD:?set one}", 0)]
    [InlineData("export MESH_PASSWORD=...", 0)]
    [InlineData("MESH_POSTGRES=\"Host=x;Password=$MESH_PASSWORD\"", 0)]
    public void A_password_in_text_is_found(string text, int findings) =>
        Assert.Equal(findings, Findings.In(SecretRule.Check, text, "a.yml").Count);

    [Theory]
    [InlineData("cd /wo" + "rk/x", 1)]
    [InlineData("\"/tm" + "p/x\"", 1)]
    [InlineData("C:\\Use" + "rs\\x", 1)]
    [InlineData("/home/" + "ann/x", 1)]
    [InlineData("https://example.org/work/x", 0)]
    [InlineData("/usr/lib/postgresql", 0)]
    public void A_path_of_one_machine_is_found(string text, int findings) =>
        Assert.Equal(findings, Findings.In(PlaceRule.Paths, text).Count);

    [Fact]
    public void A_package_registry_is_found() =>
        Assert.Single(Findings.In(PlaceRule.Registries, "https://api.nu" + "get.org/v3/index.json"));

    [Theory]
    [InlineData("X_PASSWORD: ${P:?set it}", "\"127.0.0.1:5432:5432\"", 0)]
    [InlineData("X_PASSWORD: ${P:-default}", "\"127.0.0.1:5432:5432\"", 1)]
    [InlineData("X_DEFAULT_PASS: guest", "\"127.0.0.1:5432:5432\"", 1)]
    [InlineData("X_PASSWORD: ${P:?set it}", "\"5432:5432\"", 1)]
    [InlineData("X_PASSWORD: ${P:?set it}", "\"0.0.0.0:5432:5432\"", 1)]
    public void A_container_with_a_default_password_or_an_open_port_is_found(string password, string port, int findings) =>
        Assert.Equal(
            findings, Findings.In(ComposeRule.Check, $"image: x\n{password}\nports: [{port}]\nhealthcheck:\n", "docker-compose.yml").Count);

    [Fact]
    public void A_container_without_a_health_check_is_found() =>
        Assert.Single(Findings.In(ComposeRule.Check, "image: x\n", "docker-compose.yml"));
}
