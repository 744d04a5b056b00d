using System.Text.RegularExpressions;
using AlignmentMesh.Deploy.Local.Processes;

namespace AlignmentMesh.Deploy.Local.Servers;

/// <summary>
/// Without root: the same packages, fetched by apt into a folder of our own and unpacked there. apt checks their signatures;
/// none of their scripts runs.
/// </summary>
internal sealed partial class AptUnpack(string folder, Supervision supervision)
{
    private static readonly string[] LibraryFolders = ["usr/lib", "lib"];

    /// <summary>The unpacked root, fetched on first use. Several processes may ask at once; the first one does the work.</summary>
    public async Task<string> RootAsync(CancellationToken ct)
    {
        var root = Path.Combine(folder, "root");
        PrivateFiles.CreateDirectory(folder);
        await using var turn = await TakeTurnAsync(ct);
        if (Directory.Exists(root))
            return root;
        var draft = root + ".draft";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        PrivateFiles.CreateDirectory(draft);
        await FetchAsync(ct);
        foreach (var package in Directory.EnumerateFiles(In("fetched"), "*.deb"))
            await new Launch("dpkg-deb", ["-x", package, draft], folder).RunAsync(ct);
        Relocate(draft, root);
        Directory.Delete(In("fetched"), recursive: true);
        Directory.Move(draft, root);
        supervision.Progress.Report(new MeshStep("packages", PartState.Ready, $"unpacked in {root}"));
        return root;
    }

    /// <summary>What programs of an unpacked root need to find their libraries, and RabbitMQ to find Erlang.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string root)
    {
        var libraries = LibraryFolders.Select(part => Path.Combine(root, part)).Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateDirectories(part, "*-linux-gnu*"));
        return new Dictionary<string, string>
        {
            ["LD_LIBRARY_PATH"] = string.Join(':', libraries),
            ["PATH"] = Path.Combine(root, "usr/lib/erlang/bin") + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        };
    }

    private string In(string name) => Path.Combine(folder, name);

    private async Task FetchAsync(CancellationToken ct)
    {
        supervision.Progress.Report(new MeshStep("packages", PartState.Preparing, "asking apt for postgresql and rabbitmq-server"));
        foreach (var name in (string[])["lists/partial", "cache/archives/partial", "fetched"])
            PrivateFiles.CreateDirectory(In(name));
        if (ServerSearch.IgnoresInstalled)
            await File.WriteAllTextAsync(In("status"), "", ct);
        await AptGet(["update"]).RunAsync(ct);
        var plan = await AptGet(["install", "--simulate", "--no-install-recommends", "postgresql", "rabbitmq-server"]).RunAsync(ct);
        var wanted = Planned().Matches(plan).Select(match => (Name: match.Groups[1].Value, Version: match.Groups[2].Value))
            .Where(package => Needed().IsMatch(package.Name)).Select(package => $"{package.Name}={package.Version}").ToArray();
        supervision.Progress.Report(new MeshStep("packages", PartState.Preparing, $"fetching {wanted.Length} packages"));
        await AptGet(["download", .. wanted]).RunAsync(ct);
    }

    private Launch AptGet(string[] arguments) => new("apt-get", ["-q", .. OwnFolders(), .. arguments], In("fetched"))
    {
        Environment = new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" },
    };

    private string[] OwnFolders() =>
    [
        "-o", $"Dir::State::Lists={In("lists")}",
        "-o", $"Dir::Cache={In("cache")}",
        "-o", "Debug::NoLocking=true",
        .. ServerSearch.IgnoresInstalled ? ["-o", $"Dir::State::status={In("status")}"] : (string[])[],
    ];

    /// <summary>Erlang's start script names its folder; everything else finds its place by itself.</summary>
    private static void Relocate(string draft, string root)
    {
        var script = Path.Combine(draft, "usr/lib/erlang/bin/erl");
        var home = Path.Combine(root, "usr/lib/erlang");
        File.WriteAllText(script,
            File.ReadAllText(script).Replace("ROOTDIR=/usr/lib/erlang\n", $"ROOTDIR='{home}'\n", StringComparison.Ordinal));
    }

    private async Task<FileStream> TakeTurnAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(In("lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), supervision.Clock, ct);
            }
        }
    }

    [GeneratedRegex(@"^Inst (\S+) .*?\((\S+) ", RegexOptions.Multiline)]
    private static partial Regex Planned();

    // Libraries without those of the query compiler (which is off) and of languages nobody here speaks.
    [GeneratedRegex(@"^(postgresql-\d+|rabbitmq-server|erlang-.+|lib(?!c6|c-bin|llvm|python|perl|z3).+)$")]
    private static partial Regex Needed();
}
