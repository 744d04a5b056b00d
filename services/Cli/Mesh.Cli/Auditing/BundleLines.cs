using System.Text.Json;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.Mesh.Cli.Auditing;

/// <summary>The lines of one of a bundle's files, one after another; nothing but the present one is held.</summary>
internal sealed class BundleLines<T>(string file, Stream stream) : IDisposable
    where T : class
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private T? _next;

    /// <summary>Lines taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>The next line without taking it, or null at the end.</summary>
    /// <exception cref="NotABundleException">The line cannot be read.</exception>
    public T? Peek => _next ??= Line() is { } line ? BundleJson.Read<T>(line.Span, $"line {Taken + 1} of {file}") : null;

    /// <inheritdoc cref="Peek"/>
    public T? Take()
    {
        var taken = Peek;
        _next = null;
        if (taken is not null) Taken++;
        return taken;
    }

    public void Dispose() => stream.Dispose();

    private ReadOnlyMemory<byte>? Line()
    {
        for (var seen = 0; ;)
        {
            var end = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_start, seen + end);
                _start += seen + end + 1;
                return line;
            }

            seen = _end - _start;
            if (Fill()) continue;
            return seen == 0 ? null : throw new NotABundleException($"{file} does not end with a whole line");
        }
    }

    private bool Fill()
    {
        if (_start > 0) _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end >= BundleFormat.LongestLine)
            throw new NotABundleException($"line {Taken + 1} of {file} is longer than {BundleFormat.LongestLine} bytes");
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = Bundle.Read(file, stream, _buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}

/// <summary>JSON from a stranger: no member twice, none unknown, none missing, and no deep nesting.</summary>
internal static class BundleJson
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options)
    {
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="NotABundleException">Not the JSON of a <typeparamref name="T"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, string where)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Strict) ?? throw new JsonException("It is null.");
        }
        catch (JsonException malformed)
        {
            throw new NotABundleException($"{where} is not as expected: {malformed.Message}", malformed);
        }
    }
}
