using System.Diagnostics;
using System.Net.Sockets;

using FluentAssertions;

using Xunit;

namespace SentimentServer.Tests.Hosting;

public sealed class ExitWithParentTests
{
    [Fact]
    public async Task The_server_exits_when_its_standard_input_closes()
    {
        await using var server = await ServerProcess.StartAsync();

        server.CloseInput();

        (await server.WaitForExitAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_request_in_flight_does_not_keep_the_server_alive()
    {
        await using var server = await ServerProcess.StartAsync("--delay", "3000 s");
        var request = server.Client.InferAsync("anything");
        await Task.Delay(500);

        var clock = Stopwatch.StartNew();
        server.CloseInput();
        await server.WaitForExitAsync();

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
        await request.Awaiting(r => r).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task The_server_exits_when_its_parent_is_killed()
    {
        var testProgram = typeof(ParentProgram).Assembly.Location;
        using var parent = ServerProcess.CreateProcess([testProgram, "--port", "0", "--exit-with-parent"]);
        parent.Start();
        parent.ErrorDataReceived += (_, _) => { };
        parent.BeginErrorReadLine();
        var line = await parent.StandardOutput.ReadLineAsync().WaitAsync(ServerProcess.Patience);
        var address = new Uri(line!["listening on ".Length..]);

        // SIGKILL: nothing of the parent runs after it.
        parent.Kill(entireProcessTree: false);
        await parent.WaitForExitAsync();

        // By its port, not its id: an orphan that has exited can stay in the process table.
        var clock = Stopwatch.StartNew();
        while (await AcceptsConnectionsAsync(address) && clock.Elapsed < ServerProcess.Patience)
        {
            await Task.Delay(50);
        }

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    private static async Task<bool> AcceptsConnectionsAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
