using PerfAssert.Measurements;

namespace PerfAssert.Load;

/// <summary>Looks at a load while it runs, to end it as soon as nothing is left to find out.</summary>
/// <param name="First">After how long of the measured part the first look is; each further one after twice the time of the last.</param>
/// <param name="IsDecided">Whether what was measured so far is enough.</param>
internal sealed record InterimLooks(TimeSpan First, Func<Measurement, bool> IsDecided);
