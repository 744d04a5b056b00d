using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.MatrixAggregation.Domain;
using AlignmentMesh.MatrixAggregation.Service.Tests;
using AlignmentMesh.RiskScoring.Domain;

namespace AlignmentMesh.Mesh.Cli.Tests.Auditing;

/// <summary>A ledger with all that the three services would publish of it, at one address.</summary>
internal sealed class FakeMesh : IAsyncDisposable
{
    public const string Log = "mesh.example";
    private static readonly DateTimeOffset At = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _pageKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private FakeService _service = null!;

    private FakeMesh(string study, string? roundMode)
    {
        Ledger = new StudyLedger(study, _pageKey).Begun(roundMode);
        Texts = new FakeTexts(Ledger);
    }

    public StudyLedger Ledger { get; }

    public FakeTexts Texts { get; }

    public ProofTree Tree { get; } = new();

    /// <summary>Null: nothing is signed.</summary>
    public NoteSigner? Signer { get; set; }

    public IReadOnlyList<NoteSigner> Witnesses { get; set; } = [];

    /// <summary>Versions that were published, besides the newest.</summary>
    public ISet<long> Published { get; } = new SortedSet<long>();

    /// <summary>Whoever asks is an auditor whose grant works.</summary>
    public bool Granted { get; set; }

    /// <summary>What is answered, changed.</summary>
    public Func<string, string, string> Tamper { get; set; } = (_, answer) => answer;

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["MESH_INTAKE_URL"] = _service.Url,
        ["MESH_MATRIX_URL"] = _service.Url,
        ["MESH_RISK_URL"] = _service.Url,
    };

    public static async Task<FakeMesh> StartAsync(string? roundMode = "open", string study = "audited")
    {
        var mesh = new FakeMesh(study, roundMode);
        mesh._service = await FakeService.StartAsync(mesh.Answer);
        return mesh;
    }

    public Task<Ran> RunAsync(params string[] args) => Mesh.RunAsync("", Variables, args);

    public SignedNote Note(long size)
    {
        Grow();
        var text = new Checkpoint(Signer!.Key.Name, size, Tree.Root(size), []).ToString();
        return new SignedNote(text, [Signer.Sign(text, At), .. Witnesses.Select(witness => witness.Sign(text, At))]);
    }

    public static NoteSigner Key(byte seed, NoteAlgorithm algorithm = NoteAlgorithm.Ed25519, string name = $"{Log}/audited") =>
        new(name, algorithm, [.. Enumerable.Repeat(seed, 32)]);

    public ConsensusMatrix Matrix(long version)
    {
        Grow();
        var state = Ledger.All().Take((int)version)
            .Aggregate(MatrixState.Empty(Ledger.Study), (before, entry) => before.Apply(FoldEntry.Read(entry)));
        return Consensus.Of(state, Convert.ToHexStringLower(Tree.Root(version))).Matrix;
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _pageKey.Dispose();
    }

    private void Grow()
    {
        foreach (var entry in Ledger.All().Skip((int)Tree.Size)) Tree.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(entry.Leaf)));
    }

    private Answer Answer(Asked asked)
    {
        Grow();
        var address = new Uri("http://mesh" + asked.Path);
        var query = HttpUtility.ParseQueryString(address.Query);
        var parts = address.AbsolutePath["/api/v1/".Length..].Split('/');
        if (parts[1] != Ledger.Study) return new Answer(404, """{"type":"/problems/unknown-study","title":"No such study"}""");
        var body = parts switch
        {
            ["ledger", _] => Json(Ledger.Head(Number(query["size"]) ?? Ledger.Size)),
            ["ledger", _, "entries"] => Json(Page(Number(query["from"])!.Value, Number(query["limit"])!.Value)),
            ["ledger", _, "checkpoint"] => Signer is null ? null : Note(Number(query["size"]) ?? Ledger.Size).ToString(),
            ["ledger", _, "proof", "consistency"] => Json(Consistency(Number(query["from"])!.Value, Number(query["to"])!.Value)),
            ["ledger", _, "proof", "inclusion"] => Inclusion(query["event"], Number(query["size"])),
            ["studies", _, "unreleased"] => Granted ? Json(Unreleased(Number(query["from"]) ?? 0)) : null,
            ["studies", _, "rounds", var round, "rationales"] => Json(
                Texts.Page((int)Number(round)!.Value, Number(query["from"]) ?? 0, query["titles"] == "true")),
            ["studies", _, "matrix"] => Json(View(query["round"], query["at"])),
            ["studies", _, "matrix", "versions"] => Json(Versions(Number(query["after"]) ?? long.MaxValue)),
            ["studies", _, "matrix", "versions", var version] => Json(Matrix(Number(version)!.Value)),
            ["studies", _, "risk", "versions"] => Json(Reports(Number(query["from"])!.Value)),
            ["studies", _, "risk"] => Json(Report(Number(query["version"])!.Value, query["lens"]!) with { Published = true }),
            _ => null,
        };
        return body is null
            ? new Answer(404, """{"type":"/problems/not-found","title":"Not here"}""")
            : new Answer(200, Tamper(address.PathAndQuery, body));
    }

    /// <summary>Two openings a page, so that there are pages.</summary>
    private LedgerOpenings Unreleased(long from)
    {
        var sealedNow = Ledger.Page(0, Ledger.Size).Entries.Where(entry => entry.Opening is null).Select(entry => entry.Index).ToHashSet();
        var openings = Ledger.All().Where(entry => entry.Index >= from && sealedNow.Contains(entry.Index))
            .Select(entry => entry.Opening!).Take(2).ToArray();
        return new LedgerOpenings(Ledger.Study, 1, openings, openings.Length == 2 ? openings[^1].Index + 1 : null);
    }

    private LedgerPage Page(long from, long limit) => Ledger.Page(from, Math.Min(Ledger.Size, from + limit));

    private IEnumerable<long> AllVersions => Published.Append(Ledger.Size).Distinct().Order();

    private MatrixVersions Versions(long below) => new(
        Ledger.Study,
        [
            .. AllVersions.Where(version => version < below).Reverse().Select(Matrix)
                .Select(matrix => new MatrixVersion(matrix.Version, matrix.AsOf, matrix.Root, matrix.Digest!, 1)),
        ],
        null);

    private RiskVersions Reports(long from) => new(
        Ledger.Study,
        [
            .. AllVersions.Where(version => version >= from).Select(version => new RiskVersion(
                version, Matrix(version).Digest!,
                Method.Lenses.ToDictionary(lens => lens, lens => Report(version, lens).Digest!), "2026-03-01T10:00:00.000000Z")),
        ],
        null);

    private RiskReport Report(long version, string lens) => new ScoreRisk(Matrix(version), lens).Report(PortfolioChoice.Main);

    private MatrixView View(string? round, string? at)
    {
        var matrix = Matrix(round is null ? at is null ? Ledger.Size : 5 : Ledger.Size - 1);
        return new(
            matrix.Study, null, matrix.Version, matrix.Root, matrix.AsOf, "rohl-1", "rohl-1", matrix.Digest!, true, 0, 4,
            matrix.Techniques, matrix.FailureModes, matrix.Portfolios, matrix.Likelihoods, matrix.SafetyTaxes, matrix.Lenses["rohl-1"]);
    }

    private ConsistencyProof Consistency(long from, long to) => new(
        Ledger.Study, from, to, Hex(Tree.Root(from)), Hex(Tree.Root(to)), [.. Tree.Consistency(from, to).Select(Hex)]);

    private string? Inclusion(string? @event, long? size)
    {
        var index = Ledger.All().ToList().FindIndex(entry => entry.Leaf.Contains($"\"{@event}\"", StringComparison.Ordinal));
        if (index < 0) return null;
        var tree = size ?? Ledger.Size;
        return Json(new InclusionProof(
            Ledger.Study, index, tree, Ledger.All()[index].Leaf, Hex(Tree.LeafHash(index)), Hex(Tree.Root(tree)),
            [.. Tree.Inclusion(index, tree).Select(Hex)]));
    }

    private static long? Number(string? text) => text is null ? null : long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);
}
