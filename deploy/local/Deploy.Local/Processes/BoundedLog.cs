namespace AlignmentMesh.Deploy.Local.Processes;

/// <summary>A log file that never grows beyond two parts: the current one and the one before.</summary>
internal sealed class BoundedLog : IDisposable
{
    public const long PartSize = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly long _partSize;
    private readonly Queue<string> _recent = new();
    private StreamWriter? _writer;
    private long _written;

    public BoundedLog(string path, long partSize = PartSize)
    {
        _path = path;
        _partSize = partSize;
    }

    /// <summary>The last lines, for a message about a part that would not start.</summary>
    public string Tail()
    {
        lock (_lock)
            return string.Join('\n', _recent);
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            _recent.Enqueue(line);
            if (_recent.Count > 15)
                _recent.Dequeue();
            _writer ??= Open();
            _writer.WriteLine(line);
            _written += line.Length + 1;
            if (_written < _partSize)
                return;
            Dispose();
            File.Move(_path, _path + ".1", overwrite: true);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    private StreamWriter Open()
    {
        var stream = new FileStream(_path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        _written = stream.Length;
        return new StreamWriter(stream) { AutoFlush = true };
    }
}
