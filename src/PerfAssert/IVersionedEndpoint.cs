namespace PerfAssert;

/// <summary>
/// An endpoint something has to be done for before one of its versions can be measured: start it, stop the other one. A class or collection
/// fixture that is one is found by <c>[PerfFact]</c> and <c>[PerfTheory]</c> among what the test class is constructed with, or the test class is
/// one itself; <see cref="PerfTestOptions.Endpoint"/> gives it to <see cref="PerfTest.Run"/>.
/// </summary>
public interface IVersionedEndpoint
{
    /// <summary>
    /// Why there is no reference, and how to give one: what <c>reference</c> budgets then say, which are not comparable, while the candidate is
    /// measured alone. <see langword="null"/>: there is a reference.
    /// </summary>
    string? NoReference { get; }

    /// <summary>
    /// Makes a version ready for requests. Called before the warm-up of a version and before each round, when no request is in flight; never at
    /// the same time twice. What it takes is not measured; what it throws is the test's failure.
    /// </summary>
    /// <param name="variant">The version that is asked next.</param>
    /// <param name="cancellationToken">The run is cut off.</param>
    /// <returns>Whether the version was started just now: it is then warmed up again.</returns>
    Task<bool> SwitchToAsync(Variant variant, CancellationToken cancellationToken);
}
