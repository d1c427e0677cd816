using PerfAssert.Planning.Json;

namespace PerfAssert.Planning.Files;

/// <summary><c>policy</c>: of the file or of one environment.</summary>
internal sealed class PolicySection
{
    public Located<double>? Confidence { get; set; }

    public Located<InconclusivePolicy>? Inconclusive { get; set; }

    public Located<NotComparablePolicy>? NotComparable { get; set; }

    public Located<double>? SuccessBand { get; set; }

    public Located<double>? TokenBand { get; set; }
}
