using Xunit;

namespace SentimentServer.Tests.Hosting;

/// <summary>One well-behaved server for all tests of a class.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private ServerProcess? _server;

    internal HttpClient Client => _server!.Client;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync();

    public async Task DisposeAsync() => await _server!.DisposeAsync();
}
