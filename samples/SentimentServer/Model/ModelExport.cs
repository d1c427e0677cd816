namespace SentimentServer.Model;

/// <summary>Writes the packaged model out, for another server of the same model.</summary>
internal static class ModelExport
{
    /// <summary>Writes <c>model.onnx</c> and <c>vocab.txt</c> to the folder.</summary>
    public static async Task WriteAsync(DirectoryInfo folder)
    {
        folder.Create();
        await WriteAsync(folder, "model.onnx", PackagedModel.ReadGraph());
        await WriteAsync(folder, "vocab.txt", PackagedModel.ReadVocabulary());
    }

    private static async Task WriteAsync(DirectoryInfo folder, string name, byte[] content)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllBytesAsync(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
