namespace PerfAssert.Containers.Starting;

/// <summary>The server has no such model and cannot get it: to ask again is of no use.</summary>
internal sealed class ModelMissingException(string model) : Exception($"there is no model '{model}'")
{
    public string Model => model;
}
