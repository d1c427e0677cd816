namespace PerfAssert.Planning;

/// <summary>A load as declared.</summary>
/// <param name="Attribute">Expression and options.</param>
/// <param name="Source">For people: <c>[Load] on method Classify</c>.</param>
internal sealed record DeclaredLoad(LoadAttribute Attribute, string Source);
