using System.Globalization;

namespace LoadEngine.Measuring;

/// <summary>Other programs worked beside a turn: what it showed is not the tool's alone.</summary>
internal sealed class DisturbedException(double cores)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"other programs took {cores:P0} of a core: once more"));
