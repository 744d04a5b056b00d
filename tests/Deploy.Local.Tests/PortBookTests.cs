namespace AlignmentMesh.Deploy.Local.Tests;

public sealed class PortBookTests : IDisposable
{
    private const int PartSize = 300;

    private readonly DataDirectory _directory = DataDirectory.CreateTemporary();

    public void Dispose() => _directory.Delete();

    [Fact]
    public void A_mesh_has_ports_from_a_part_of_its_own_each_once_and_the_same_the_next_time()
    {
        string[] parts = [.. Enumerable.Range(0, 20).Select(n => $"part-{n}")];
        var book = new PortBook(_directory);
        var ports = Array.ConvertAll(parts, book.Take);
        Assert.Equal(ports.Length, ports.Distinct().Count());
        Assert.InRange(ports.Max() - ports.Min(), 0, PartSize - 1);
        Assert.Equal(ports, Array.ConvertAll(parts, new PortBook(_directory).Take));
    }
}
