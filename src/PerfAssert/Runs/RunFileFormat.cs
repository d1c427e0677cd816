using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PerfAssert.Runs;

/// <summary>
/// The run file as people read it: <c>p99 &lt; 200 ms</c> as they type it. A run file is never pasted into HTML unescaped, so the
/// default encoder's caution is not needed.
/// </summary>
internal static class RunFileFormat
{
    private static readonly RunFileJson Json = new(new JsonSerializerOptions(RunFileJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static JsonTypeInfo<RunFile> RunFile => Json.RunFile;

    public static JsonTypeInfo<RunFileHeader> Header => Json.RunFileHeader;
}
