using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PerfAssert.Clients.Tests.Support;

/// <summary>Answers every request after 20 ms, from threads of its own: a starved thread pool does not keep it.</summary>
internal sealed class BlockingServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly byte[] answer;

    /// <summary>Starts the server.</summary>
    /// <param name="length">Bytes of an answer's body.</param>
    /// <param name="certificate">For TLS; <see langword="null"/>: without.</param>
    public BlockingServer(int length, X509Certificate2? certificate)
    {
        this.certificate = certificate;
        answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{new string('x', length)}");
        listener.Start();
        Start(Accept);
    }

    public Uri Url => new($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public void Dispose() => listener.Dispose();

    private static void Start(Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side, or the test, has ended it.
        }
    })
    { IsBackground = true }.Start();

    private void Accept()
    {
        while (true)
        {
            var client = listener.AcceptTcpClient();
            client.NoDelay = true;
            Start(() => Serve(client));
        }
    }

    private void Serve(TcpClient client)
    {
        using var connection = client;
        using var stream = Decrypted(client.GetStream());
        var buffer = new byte[4096];
        while (stream.Read(buffer) > 0)
        {
            Thread.Sleep(20);
            stream.Write(answer);
        }
    }

    private Stream Decrypted(NetworkStream stream)
    {
        if (certificate is null)
        {
            return stream;
        }

        var encrypted = new SslStream(stream);
        encrypted.AuthenticateAsServer(certificate);
        return encrypted;
    }
}
