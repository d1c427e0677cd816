namespace PerfAssert.Measurements;

/// <summary>A server that requests of a version said they went to.</summary>
internal sealed record ServerUse(Variant Variant, MeasuredServer Server);
