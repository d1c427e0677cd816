using System.Globalization;

namespace PerfAssert.Clients.Http;

/// <summary>The standard header <c>Server-Timing: queue;dur=3.1, infer;dur=12</c> (milliseconds), recorded as <c>server_queue</c>, <c>server_infer</c>.</summary>
internal static class ServerTiming
{
    public static void Record(HttpResponseMessage response, PerfRequest? request)
    {
        if (request is null || !response.Headers.TryGetValues("Server-Timing", out var values))
        {
            return;
        }

        foreach (var entry in values.SelectMany(value => value.Split(',')))
        {
            var parts = entry.Split(';', StringSplitOptions.TrimEntries);
            var duration = parts.Skip(1).FirstOrDefault(part => part.StartsWith("dur=", StringComparison.OrdinalIgnoreCase));
            if (duration is not null && double.TryParse(duration.AsSpan(4).Trim('"'), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds))
            {
                Timings.Record(request, Timings.Prefix + parts[0], milliseconds);
            }
        }
    }
}
