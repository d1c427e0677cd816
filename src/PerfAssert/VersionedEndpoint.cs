using PerfAssert.Planning;

namespace PerfAssert;

/// <summary>Finds a test's <see cref="IVersionedEndpoint"/>.</summary>
internal static class VersionedEndpoint
{
    /// <summary>The one among a test class and what it was constructed with; <see langword="null"/>: none.</summary>
    /// <exception cref="PerfPlanException">There are several.</exception>
    public static IVersionedEndpoint? Among(object? testClass, IEnumerable<object?> fixtures)
    {
        var endpoints = fixtures.Prepend(testClass).OfType<IVersionedEndpoint>().Distinct().ToList();
        return endpoints.Count <= 1
            ? endpoints.SingleOrDefault()
            : throw new PerfPlanException(
                $"{string.Join(" and ", endpoints.Select(endpoint => endpoint.GetType().Name))} each prepare the versions of an endpoint, and a test measures one: give the class one of them.");
    }
}
