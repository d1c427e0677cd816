using System.Diagnostics.Metrics;

namespace PerfAssert.Load;

/// <summary>
/// Listens to HttpClient's own <c>http.client.request.time_in_queue</c> and adds each wait to the request it belongs to. A request
/// that waits for a connection of its client has not been sent: that time is send lag, not the server's.
/// </summary>
/// <remarks>HttpClient reports only requests that found no idle connection, so the others pay nothing.</remarks>
internal sealed class ConnectionWaits : IDisposable
{
    private const string Wait = "http.client.request.time_in_queue";
    private const string Lifetime = "http.client.connection.duration";

    private readonly MeterListener listener = new();
    private long closed;

    private ConnectionWaits()
    {
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Name: Wait or Lifetime, Meter.Name: "System.Net.Http" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, seconds, _, _) =>
        {
            if (instrument.Name == Wait)
            {
                RequestContext.Current?.WaitedForConnection((long)(seconds * 1e9));
            }
            else
            {
                Interlocked.Increment(ref closed);
            }
        });
        listener.Start();
    }

    /// <summary>Connections that were closed since: a client that keeps its connections closes next to none.</summary>
    public long Closed => Volatile.Read(ref closed);

    public static ConnectionWaits Listen() => new();

    public void Dispose() => listener.Dispose();
}
