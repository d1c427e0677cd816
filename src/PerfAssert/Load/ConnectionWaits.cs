using System.Diagnostics.Metrics;

namespace PerfAssert.Load;

/// <summary>
/// Listens to HttpClient's own <c>http.client.request.time_in_queue</c> and adds each wait to the request it belongs to. A request
/// that waits for a connection of its client has not been sent: that time is send lag, not the server's.
/// </summary>
/// <remarks>HttpClient reports only requests that found no idle connection, so the others pay nothing.</remarks>
internal static class ConnectionWaits
{
    public static IDisposable Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Name: "http.client.request.time_in_queue", Meter.Name: "System.Net.Http" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, seconds, _, _) =>
            RequestContext.Current?.Marks.AddConnectionWait((long)(seconds * 1e9)));
        listener.Start();
        return listener;
    }
}
