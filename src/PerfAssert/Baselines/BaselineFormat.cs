using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PerfAssert.Baselines;

/// <summary>A baseline as people read it: it is never pasted into HTML unescaped, so names and loads stay as they are typed.</summary>
internal static class BaselineFormat
{
    private static readonly BaselineJson Json =
        new(new JsonSerializerOptions(BaselineJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly BaselineJson Indented = new(new JsonSerializerOptions(Json.Options) { WriteIndented = true, NewLine = "\n" });

    public static JsonTypeInfo<BaselineRun> Run => Json.BaselineRun;

    public static JsonTypeInfo<TestNoise> Noise => Indented.TestNoise;

    public static JsonTypeInfo<string> Text => Json.String;
}
