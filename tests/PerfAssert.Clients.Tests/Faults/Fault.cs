using System.Text;
using PerfAssert.Clients.Tests.Support;

namespace PerfAssert.Clients.Tests.Faults;

/// <summary>What a proxy does with the answer to one request.</summary>
/// <param name="connection">The client's connection.</param>
/// <param name="answer">What the server answered.</param>
/// <param name="request">The perf request that waits for it.</param>
/// <returns>Whether the connection may carry another request.</returns>
internal delegate Task<bool> Fault(RawConnection connection, UpstreamAnswer answer, PerfRequest request);

/// <summary>Faults of connections, and of bodies by what they hold. Where one has to come after something was seen, it waits until it was.</summary>
internal static class Faults
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<bool> None(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        await connection.SendAsync(answer.Raw);
        return true;
    }

    public static async Task<bool> ResetInTheBody(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        await connection.SendAsync(answer.Raw.AsMemory(0, Middle(answer)));

        // A reset overtakes what was not read yet. The client accounts what it sent when it has the head of the answer.
        await Until(() => request.Marks.BytesSent > 0);
        connection.Reset();
        return false;
    }

    public static async Task<bool> CloseInTheBody(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        await connection.SendAsync(answer.Raw.AsMemory(0, Middle(answer)));
        connection.Close();
        return false;
    }

    public static Task<bool> ResetBeforeTheAnswer(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        connection.Reset();
        return Task.FromResult(false);
    }

    public static Task<bool> CloseBeforeTheAnswer(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        connection.Close();
        return Task.FromResult(false);
    }

    /// <summary>Holds the answer back until the request has timed out.</summary>
    public static async Task<bool> HeadTooLate(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        var token = request.CancellationToken;
        await Until(() => token.IsCancellationRequested);
        return false;
    }

    public static async Task<bool> TooManyRequests(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        await connection.SendAsync(Support.Http.Json("""{"error":{"message":"slow down","type":"rate_limit"}}""", "429 Slow Down"));
        return true;
    }

    public static async Task<bool> GarbageForAHead(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        await connection.SendAsync((byte[])[0x16, 0x03, 0x01, 0x00, 0xFF, (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n']);
        connection.Close();
        return false;
    }

    public static async Task<bool> NoChunkWhereOneBelongs(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        var whole = answer.With(answer.Body);
        await connection.SendAsync((byte[])[.. whole[..^"0\r\n\r\n".Length], .. "no length\r\n"u8]);
        connection.Close();
        return false;
    }

    public static async Task<bool> EveryByteAlone(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        foreach (var one in answer.With(answer.Body, byByte: true))
        {
            await connection.SendAsync(new[] { one });
        }

        return true;
    }

    /// <summary>The whole answer with another body.</summary>
    public static Fault Body(Func<string, string> change) => Bytes(body => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(body))));

    /// <inheritdoc cref="Body"/>
    public static Fault Bytes(Func<byte[], byte[]> change) => async (connection, answer, _) =>
    {
        var changed = change(answer.Body);
        if (changed.SequenceEqual(answer.Body))
        {
            throw new InvalidOperationException($"Nothing was changed in {Encoding.UTF8.GetString(changed)}");
        }

        await connection.SendAsync(answer.With(changed));
        return true;
    };

    /// <summary>The whole answer with bytes that are no UTF-8 in the middle of its body.</summary>
    public static async Task<bool> GarbageInTheBody(RawConnection connection, UpstreamAnswer answer, PerfRequest request)
    {
        var body = answer.Body.ToArray();
        body.AsSpan(body.AsSpan().IndexOf("{\""u8), 2).Fill(0xFF);
        await connection.SendAsync(answer.With(body));
        return true;
    }

    /// <summary>Waits until something has happened in the client.</summary>
    public static async Task Until(Func<bool> happened)
    {
        for (var start = Environment.TickCount64; !happened(); await Task.Delay(1))
        {
            if (Environment.TickCount64 - start > Patience.TotalMilliseconds)
            {
                throw new TimeoutException("What was waited for did not happen.");
            }
        }
    }

    private static int Middle(UpstreamAnswer answer) => answer.BodyStart + ((answer.Raw.Length - answer.BodyStart) / 2);
}
