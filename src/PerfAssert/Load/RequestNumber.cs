namespace PerfAssert.Load;

/// <summary>Which request it is.</summary>
/// <param name="Index">Position in the run, see <see cref="PerfRequest.Index"/>.</param>
/// <param name="Position">Position among the measured requests of its round; <see langword="null"/>: it is not measured.</param>
internal readonly record struct RequestNumber(long Index, long? Position);
