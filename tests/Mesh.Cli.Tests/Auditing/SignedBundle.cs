using AlignmentMesh.Ledger;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>A bundle of twenty entries and three versions, signed, and the policy that knows its log.</summary>
public abstract class SignedBundle : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private string _policy = "";

    internal FakeMesh Scene { get; private set; } = null!;

    protected string File => Path.Combine(_folder, "audited.zip");

    public async Task InitializeAsync()
    {
        Scene = await FakeMesh.StartAsync();
        Scene.Ledger.RatedBy(16);
        Scene.Published.UnionWith([6L, 11]);
        Scene.Signer = FakeMesh.Key(1);
        _policy = Written("policy", $"log {Scene.Signer.Key}\nquorum none\n");
        var ran = await Scene.RunAsync("audit", "export", "audited", "-o", File);
        Assert.True(ran.Code == 0, ran.Error);
    }

    public async Task DisposeAsync()
    {
        await Scene.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal Task<Ran> VerifyAsync(params string[] more) => Mesh.RunAsync(["audit", "verify", File, "--policy", _policy, .. more]);

    internal string Signed(NoteSigner signer, long size)
    {
        var text = new Checkpoint(signer.Key.Name, size, Scene.Tree.Root(size), []).ToString();
        return new SignedNote(text, [signer.Sign(text, DateTimeOffset.UnixEpoch)]).ToString();
    }

    protected string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
