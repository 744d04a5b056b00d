using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AlignmentMesh.Architecture.Tests.Purity;

/// <summary>
/// Reads a compiled assembly's references: what the code really uses, whatever its source looks like. A pure assembly
/// has no way to files, network, clock, other processes or ambient randomness, and none to arithmetic whose result
/// depends on the machine (parallel reduction, vectors of the machine's width, fused multiply-add).
/// </summary>
internal static class PurityRule
{
    private static readonly string[] Assemblies =
        ["AlignmentMesh.Contracts", "AlignmentMesh.Ledger", "BouncyCastle.Cryptography", "MathNet.Numerics", "netstandard"];

    private static readonly string[] Namespaces =
        ["System.Net", "System.Data", "System.IO.Pipes", "System.IO.MemoryMappedFiles", "Microsoft"];

    private static readonly HashSet<string> Types =
    [
        "System.Console", "System.Random", "System.TimeProvider",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.Security.Cryptography.RandomNumberGenerator",
        "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer", "System.Threading.PeriodicTimer",
        "System.Threading.Tasks.Parallel", "System.Linq.ParallelEnumerable",
        "System.Numerics.Vector", "System.Numerics.Vector`1", "System.Runtime.Intrinsics.X86.Fma",
    ];

    private static readonly string[] Members = ["FusedMultiplyAdd", "MultiplyAddEstimate"];

    /// <summary>Compilers read it in every iterator.</summary>
    private const string ThreadOfAnIterator = "get_CurrentManagedThreadId";

    public static IEnumerable<string> Check(string name, Stream assembly)
    {
        using var image = new PEReader(assembly);
        var metadata = image.GetMetadataReader();
        var findings = AssemblyFindings(metadata).Concat(TypeFindings(metadata)).Concat(MemberFindings(metadata));
        return [.. findings.Select(finding => $"{name}: {finding}")];
    }

    private static IEnumerable<string> AssemblyFindings(MetadataReader metadata) =>
        from handle in metadata.AssemblyReferences
        let reference = metadata.GetString(metadata.GetAssemblyReference(handle).Name)
        where !reference.StartsWith("System.", StringComparison.Ordinal) && !Assemblies.Contains(reference)
        select $"references the assembly {reference}";

    private static IEnumerable<string> TypeFindings(MetadataReader metadata) =>
        from handle in metadata.TypeReferences
        let type = NameOf(metadata, handle)
        where Types.Contains(type) || Namespaces.Any(space => type.StartsWith(space + ".", StringComparison.Ordinal))
        where !IsCompilerMarker(type)
        select $"uses {type}";

    private static IEnumerable<string> MemberFindings(MetadataReader metadata) =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        let type = NameOf(metadata, (TypeReferenceHandle)member.Parent)
        let name = metadata.GetString(member.Name)
        where Members.Contains(name) || (type == "System.Environment" && name != ThreadOfAnIterator)
        select $"uses {type}.{name}";

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    private static bool IsCompilerMarker(string type) => type.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal);
}
