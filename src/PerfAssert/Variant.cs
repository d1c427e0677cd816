namespace PerfAssert;

/// <summary>Which version of the endpoint a request goes to.</summary>
public enum Variant
{
    /// <summary>The version under test.</summary>
    Candidate,

    /// <summary>The version it is compared with, measured in the same run.</summary>
    Reference,
}
