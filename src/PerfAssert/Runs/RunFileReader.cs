using System.Text.Json;

namespace PerfAssert.Runs;

/// <summary>Reads run files.</summary>
internal static class RunFileReader
{
    /// <exception cref="RunFileException">It cannot be read, is cut off or damaged, or has another schema.</exception>
    public static RunFile Read(string path)
    {
        var bytes = ReadBytes(path);
        RequireSchema(path, bytes);
        try
        {
            return JsonSerializer.Deserialize(bytes, RunFileFormat.RunFile)!;
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception);
        }
    }

    /// <summary>Of which run a file is, without what was measured.</summary>
    /// <exception cref="RunFileException">It cannot be read, is cut off or damaged, or has another schema.</exception>
    public static RunFileHeader ReadHeader(string path) => RequireSchema(path, ReadBytes(path));

    private static ReadOnlySpan<byte> ReadBytes(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path).AsSpan();
            return bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFileException($"The run file '{path}' cannot be read: {exception.Message} Check the path and its permissions.", exception);
        }
    }

    // First and apart: a file of another schema may lack or rename anything, and the reason would be lost in what is missing.
    private static RunFileHeader RequireSchema(string path, ReadOnlySpan<byte> bytes)
    {
        RunFileHeader? header;
        try
        {
            header = JsonSerializer.Deserialize(bytes, RunFileFormat.Header);
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception);
        }

        if (header?.Schema is not { } schema || !schema.StartsWith("perfassert.run/", StringComparison.Ordinal))
        {
            throw new RunFileException(
                $"'{path}' is JSON, but not a run file: it has no \"schema\": \"{RunFile.CurrentSchema}\". " +
                "Run files are what a test run leaves in perf-results.");
        }

        if (schema != RunFile.CurrentSchema)
        {
            throw new RunFileException(
                $"The run file '{path}' has schema {schema}, written by PerfAssert {header.LibraryVersion ?? "of an unknown version"}; " +
                $"this version reads {RunFile.CurrentSchema}. Read it with that version, or run the test again with this one.");
        }

        return header;
    }

    private static RunFileException Damaged(string path, JsonException exception) => new(
        $"The run file '{path}' is cut off or damaged: {exception.Message}{At(exception)} Delete it or run the test again.", exception);

    // The serializer says where in its own messages, and leaves a converter's message as it is.
    private static string At(JsonException exception) =>
        exception.Path is { } at && !exception.Message.Contains(at, StringComparison.Ordinal) ? $" (at {at})" : string.Empty;
}
