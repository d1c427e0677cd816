using System.Text.Json.Nodes;

namespace PerfAssert.Planning.Json;

/// <summary>What a JSON value must look like: reads it, says what is wrong with it, and describes itself as JSON Schema.</summary>
internal abstract class JsonShape<T>
{
    /// <summary>Reads the value.</summary>
    /// <exception cref="PerfPlanException">It does not have this shape.</exception>
    public abstract T Read(LocatedJson json);

    /// <summary>The same rules as JSON Schema.</summary>
    public abstract JsonObject ToSchema();

    /// <summary>Reads the value and keeps its place.</summary>
    public Located<T> ReadLocated(LocatedJson json) => new(Read(json), json.Place);
}
