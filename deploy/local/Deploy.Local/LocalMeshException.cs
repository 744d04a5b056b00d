namespace AlignmentMesh.Deploy.Local;

/// <summary>Something on this machine stands in the way; the message says what, and what to do about it.</summary>
public sealed class LocalMeshException : Exception
{
    public LocalMeshException(string message)
        : base(message)
    {
    }

    public LocalMeshException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public LocalMeshException()
    {
    }
}
