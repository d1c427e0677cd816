namespace PerfAssert.Containers.RayServe;

/// <summary>What the container of Ray Serve is made of.</summary>
public sealed class RayServeConfiguration : ModelServerConfiguration
{
    internal RayServeConfiguration(ModelServerConfiguration values)
        : base(values)
    {
    }

    /// <summary>The application that is run, <c>MODULE:APPLICATION</c>.</summary>
    public string Application => Models[0];

    /// <summary>The port in the container of Ray's dashboard.</summary>
    public int DashboardPort => Settings.ManagementPort!.Value;
}
