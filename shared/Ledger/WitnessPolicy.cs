using System.Globalization;

namespace AlignmentMesh.Ledger;

/// <summary>
/// Which log may sign a checkpoint and which witnesses must have cosigned it (C2SP tlog-policy): lines <c>log vkey [url]</c>,
/// <c>witness name vkey [url]</c>, <c>group name any|all|k member...</c> and one <c>quorum name|none</c>.
/// </summary>
public sealed class WitnessPolicy
{
    /// <summary>Characters of the longest policy that is read.</summary>
    public const int MostCharacters = 64 * 1024;

    private const string None = "none";
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<NoteKey> _logs = [];
    private readonly Dictionary<string, NoteKey> _witnesses = [];
    private readonly Dictionary<string, (int Needed, string[] Members)> _groups = [];
    private readonly HashSet<string> _members = [];
    private string? _quorum;

    private WitnessPolicy()
    {
    }

    public IReadOnlyList<NoteKey> Logs => _logs;

    /// <summary>By their names in the policy.</summary>
    public IReadOnlyDictionary<string, NoteKey> Witnesses => _witnesses;

    /// <summary>False where the policy needs no cosignature at all: what it lets through is unwitnessed.</summary>
    public bool NeedsWitnesses => _quorum != None;

    /// <exception cref="FormatException">Not a policy; the message names the line.</exception>
    public static WitnessPolicy Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MostCharacters)
            throw new FormatException($"The policy has {text.Length} characters; allowed are {MostCharacters}.");
        if (text.Any(character => char.IsControl(character) && character is not ('\n' or '\t')))
            throw new FormatException("The policy has control characters; allowed are newline and tab.");
        var policy = new WitnessPolicy();
        foreach (var (at, line) in text.Split('\n').Index())
            policy.Add(at + 1, line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries));
        return policy._quorum is not null
            ? policy
            : throw new FormatException("The policy has no line 'quorum'; 'quorum none' needs no witness.");
    }

    /// <summary>What the policy says of a checkpoint.</summary>
    /// <exception cref="FormatException">The note bears a forged signature of a known key, or is no checkpoint.</exception>
    public WitnessedCheckpoint Check(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var origin = Checkpoint.Parse(note.Text).Origin;
        var log = _logs.FirstOrDefault(key => key.Name == origin && key.HasSigned(note));
        var cosigned = _witnesses.Where(witness => witness.Value.CosignedAt(note) is not null).Select(witness => witness.Key).ToArray();
        return new(log, [.. cosigned.Order(StringComparer.Ordinal)], !NeedsWitnesses || Has(_quorum!, [.. cosigned]));
    }

    private void Add(int at, string[] words)
    {
        if (words is [] || words[0].StartsWith('#')) return;
        try
        {
            Add(words);
        }
        catch (FormatException wrong)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {at} of the policy: {wrong.Message}"), wrong);
        }
    }

    private void Add(string[] words)
    {
        switch (words)
        {
            case ["log", var key, ..] when words.Length <= 3:
                _logs.Add(Own(NoteKey.Parse(key), NoteAlgorithm.Ed25519, _logs));
                break;
            case ["witness", var name, var key, ..] when words.Length <= 4:
                Define(name);
                _witnesses.Add(name, Own(NoteKey.Parse(key), NoteAlgorithm.CosignatureV1, _witnesses.Values));
                break;
            case ["group", var name, var needed, _, ..]:
                Define(name);
                var members = words[3..];
                foreach (var member in members) Join(member);
                _groups.Add(name, (Threshold(needed, members.Length), members));
                break;
            case ["quorum", var name] when _quorum is null:
                _quorum = name == None || IsDefined(name) ? name : throw new FormatException($"'{name}' is not defined above.");
                break;
            default:
                throw new FormatException($"'{string.Join(' ', words)}' is no log, witness, group, or the one quorum.");
        }
    }

    private bool Has(string name, HashSet<string> cosigned) => _groups.TryGetValue(name, out var group)
        ? group.Members.Count(member => Has(member, cosigned)) >= group.Needed
        : cosigned.Contains(name);

    private bool IsDefined(string name) => _witnesses.ContainsKey(name) || _groups.ContainsKey(name);

    private void Define(string name)
    {
        if (name == None || IsDefined(name)) throw new FormatException($"the name '{name}' is taken.");
    }

    private void Join(string member)
    {
        if (!IsDefined(member)) throw new FormatException($"'{member}' is not defined above.");
        if (!_members.Add(member)) throw new FormatException($"'{member}' is a member twice.");
    }

    private static int Threshold(string needed, int members) => needed switch
    {
        "any" => 1,
        "all" => members,
        _ when int.TryParse(needed, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && k >= 1 && k <= members => k,
        _ => throw new FormatException($"'{needed}' is not any, all, or a number from 1 to {members}."),
    };

    private static NoteKey Own(NoteKey key, NoteAlgorithm algorithm, IEnumerable<NoteKey> known)
    {
        if (key.Algorithm != algorithm) throw new FormatException($"the key of {key.Name} is not of type {(int)algorithm}.");
        return known.Any(other => other.PublicKey.Span.SequenceEqual(key.PublicKey.Span))
            ? throw new FormatException($"the key of {key.Name} is there twice.")
            : key;
    }
}

/// <summary>A checkpoint as a policy sees it.</summary>
/// <param name="Log">The key of the log that signed it, or null.</param>
/// <param name="Witnesses">Names of the policy's witnesses that cosigned it, in ordinal order.</param>
/// <param name="HasQuorum">These suffice; also true where none is needed.</param>
public sealed record WitnessedCheckpoint(NoteKey? Log, IReadOnlyList<string> Witnesses, bool HasQuorum);
