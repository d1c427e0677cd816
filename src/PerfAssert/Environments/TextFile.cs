namespace PerfAssert.Environments;

/// <summary>Files of the system that may or may not be there.</summary>
internal static class TextFile
{
    public static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
