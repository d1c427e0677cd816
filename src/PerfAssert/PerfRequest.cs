using PerfAssert.Load;
using PerfAssert.Measurements;

namespace PerfAssert;

/// <summary>
/// The request being sent: one call of the test method. Pooled by the engine and valid only during that call: do not keep it. What it does at the same time,
/// such as two calls of a pipeline, may mark, record and count at the same time.
/// </summary>
public sealed class PerfRequest
{
    private readonly LoadClock clock;
    private readonly PayloadLog? payloads;
    private readonly ServerLog? servers;
    private readonly SeriesNames names;
    private readonly RequestRandom random = new();
    private PayloadSet? usedLast;
    private PayloadSet? usedBefore;
    private MeasuredServer? usedServer;
    private Variant variant;
    private int seed;
    private bool seeded;

    internal PerfRequest(LoadClock clock, PayloadLog? payloads = null, ServerLog? servers = null, SeriesNames? names = null)
    {
        this.clock = clock;
        this.payloads = payloads;
        this.servers = servers;
        this.names = names ?? new SeriesNames();
    }

    /// <summary>
    /// The request whose method the running code was called by, directly or across its awaits; <see langword="null"/> outside of one. For code
    /// that has no parameter for it, such as a <see cref="System.Net.Http.DelegatingHandler"/>.
    /// </summary>
    public static PerfRequest? Current => RequestContext.Current;

    /// <summary>Cancelled when the request times out or the run is cut off. Pass it on: a request that ignores it is abandoned and counted.</summary>
    public CancellationToken CancellationToken { get; internal set; }

    /// <summary>
    /// Position of the request in the run, from 0: the warm-up comes first, each phase and round goes on behind the one before it, and the two
    /// versions of a <c>reference</c> budget are sent the same ones. Same index, same <see cref="Random"/>.
    /// </summary>
    public long Index { get; internal set; }

    /// <summary>
    /// Which version the request goes to. In a test with a <c>reference</c> budget half of the requests go to either; a method that never
    /// asks sends them all to the same one, and nothing is compared. Always <see cref="Variant.Candidate"/> in other tests.
    /// </summary>
    public Variant Variant
    {
        get
        {
            VariantRead = true;
            return variant;
        }
    }

    /// <summary>Random numbers that depend only on the load's seed and <see cref="Index"/>: a run can be repeated.</summary>
    public Random Random
    {
        get
        {
            if (!seeded)
            {
                random.Reseed(seed, Index);
                seeded = true;
            }

            return random;
        }
    }

    /// <summary>Whether <see cref="Variant"/> was asked for by any request of this slot.</summary>
    internal bool VariantRead { get; private set; }

    internal RequestMarks Marks { get; } = new();

    /// <summary>Marks one token received now. The first call of a request fixes its time to first token (TTFT).</summary>
    public void MarkToken() => MarkTokens(1);

    /// <summary>Marks a chunk of <paramref name="count"/> tokens received now.</summary>
    /// <param name="count">Tokens in the chunk, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public void MarkTokens(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        // What was read late had come before: the gaps between tokens are the server's.
        Marks.AddMarked(clock.Now - (Marks.ReadLag ?? 0), count);
    }

    /// <summary>
    /// Says that a byte of the request is handed to the network now; the first call counts. With <see cref="MarkReceived"/> it makes the service time
    /// the time on the wire, without what the test method and its client do before and after. The HTTP/1.1 clients of PerfAssert.Clients call it.
    /// </summary>
    public void MarkSent() => Marks.AddSent(clock.Now);

    /// <summary>
    /// Says that bytes of the answer were read now that could have been read <paramref name="ago"/>. For the last of them that is read lag: the client's
    /// lateness and not the server's, which is taken off the latency. The HTTP/1.1 clients of PerfAssert.Clients call it.
    /// </summary>
    /// <param name="ago">
    /// Since when the last of the bytes had been in this machine and the method had been waiting for them, from zero to a day; zero where that is not known.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ago"/> is negative or longer than a day.</exception>
    public void MarkReceived(TimeSpan ago = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ago, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ago, TimeSpan.FromDays(1));
        Marks.AddReceived(clock.Now, ago.Ticks * 100);
    }

    /// <summary>Adds tokens to the request's account, as the server counted them. Output tokens given here win over marked ones.</summary>
    /// <param name="input">Input tokens, at least 0.</param>
    /// <param name="output">Output tokens, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public void AddTokens(long input = 0, long output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        Marks.AddTokens(input, output);
    }

    /// <summary>
    /// Says that the marked tokens are chunks, which may hold several tokens each, and that the server gave no count to put it right: the result warns of
    /// it, unless <see cref="AddTokens"/> gives one.
    /// </summary>
    public void NoTokenCount() => Marks.NoTokenCount();

    /// <summary>Adds bytes to the request's account.</summary>
    /// <param name="sent">Bytes sent, at least 0.</param>
    /// <param name="received">Bytes received, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public void AddBytes(long sent = 0, long received = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sent);
        ArgumentOutOfRangeException.ThrowIfNegative(received);
        Marks.AddBytes(sent, received);
    }

    /// <summary>Records a duration of your own under a name, to be budgeted as <c>NAME.p99</c>, <c>NAME.mean</c> or <c>NAME.max</c>.</summary>
    /// <param name="name">A letter, then letters, digits, <c>_</c> or <c>-</c>; not the name of a built-in metric. At most 50 names in a run.</param>
    /// <param name="duration">The duration, from zero to a day.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a legal name, or one more than 50 in a run.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="duration"/> is negative or longer than a day.</exception>
    public void Record(string name, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromDays(1));
        names.Add(name);
        Marks.AddRecord(name, duration);
    }

    /// <summary>
    /// Says which payloads this request is taken from: their names and hashes go into the run file. The pools of PerfAssert.Payloads call it;
    /// a test with payloads of its own calls it with one object a set, made once.
    /// </summary>
    /// <param name="payloads">The set.</param>
    public void UsePayload(PayloadSet payloads)
    {
        // Nearly always the one or two that the request before this one used.
        if (ReferenceEquals(payloads, usedLast) || ReferenceEquals(payloads, usedBefore))
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(payloads);
        (usedLast, usedBefore) = (payloads, usedLast);
        this.payloads?.Add(payloads);
    }

    /// <summary>
    /// Says which server this request goes to: image, digest and cold start go into the run file, by version. The clients of a container of
    /// PerfAssert.Containers call it; a test with servers of its own calls it with one object a start.
    /// </summary>
    /// <param name="server">The server.</param>
    public void UseServer(MeasuredServer server)
    {
        // All requests of a slot are of one version.
        if (ReferenceEquals(server, usedServer))
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(server);
        usedServer = server;
        servers?.Add(variant, server);
    }

    /// <summary>Makes this request a failed one, without an exception: a wrong answer, an error inside an HTTP 200.</summary>
    /// <param name="reason">Why, for people; requests with the same reason are counted together.</param>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    public void Fail(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Marks.Fail(reason);
    }

    /// <summary>A call of the request waited for a connection of its own client until now.</summary>
    internal void WaitedForConnection(long nanoseconds) => Marks.AddConnectionWait(clock.Now, nanoseconds);

    internal void Reset(long index, int seed, Variant variant, CancellationToken cancellationToken)
    {
        Index = index;
        this.variant = variant;
        CancellationToken = cancellationToken;
        this.seed = seed;
        seeded = false;
        Marks.Clear();
    }
}
