using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Options;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--nonsense", "*'--nonsense'*")]
    [InlineData("--delay", "*'--delay'*")]
    [InlineData("--delay=20", "--delay must be a number and ms or s, *, got '20'.")]
    [InlineData("--delay=0.5 ms", "--delay must be *, got '0.5 ms'.")]
    [InlineData("--delay=-1 s", "--delay must be *, got '-1 s'.")]
    [InlineData("--delay=61 min", "--delay must be *, got '61 min'.")]
    [InlineData("--delay=3601 s", "--delay must be *, got '3601 s'.")]
    [InlineData("--delay-share=0.1", "--delay-share needs --delay.")]
    [InlineData("--delay=1 ms|--delay-share=0", "--delay-share must be a number above 0 and up to 1, got '0'.")]
    [InlineData("--stall-after=1 s", "--stall-after needs --stall-for.")]
    [InlineData("--failure-rate=1.1", "--failure-rate must be a number from 0 to 1, got '1.1'.")]
    [InlineData("--failure-rate=0,5", "--failure-rate must be a number from 0 to 1, got '0,5'.")]
    [InlineData("--seed=x", "--seed must be a whole number, got 'x'.")]
    [InlineData("--urls=http://127.0.0.1:1|--port=1", "--urls and --port exclude each other.")]
    [InlineData("--port=65536", "--port must be a number from 0 to 65535, got '65536'.")]
    [InlineData("--grpc-port=x", "--grpc-port must be a number from 0 to 65535, got 'x'.")]
    [InlineData("--metrics-port=-1", "--metrics-port must be a number from 0 to 65535, got '-1'.")]
    [InlineData("--host=localhost", "--host must be an IP address, got 'localhost'.")]
    [InlineData("--urls=http://127.0.0.1:1|--host=127.0.0.1", "--host says nothing about --urls: *")]
    [InlineData("--urls=https://127.0.0.1:1", "--urls must be http addresses *, got 'https://127.0.0.1:1'.")]
    public async Task A_wrong_option_is_refused_by_name(string arguments, string error)
    {
        var (exitCode, _, errors) = await RunAsync(arguments.Split('|'));

        exitCode.Should().Be(1);
        errors.Trim().Should().Match(error);
    }

    [Fact]
    public async Task An_address_in_use_is_said_in_one_line()
    {
        await using var first = await ServerProcess.StartAsync();

        var (exitCode, output, errors) = await RunAsync($"--urls={first.Client.BaseAddress}");

        exitCode.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().Contain("address already in use").And.NotContain("   at ");
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        var (exitCode, output, _) = await RunAsync("--help");

        exitCode.Should().Be(0);
        output.Should().ContainAll(
            "--urls", "--host", "--port", "--grpc-port", "--metrics-port", "--export-model", "--delay", "--delay-share", "--stall-for", "--stall-after",
            "--failure-rate", "--seed", "--ready-after", "--exit-with-parent");
    }

    [Fact]
    public async Task The_model_is_exported_for_other_servers()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (exitCode, _, errors) = await RunAsync("--export-model", folder.FullName);

            exitCode.Should().Be(0, errors);
            folder.GetFiles().Should().HaveCount(2);
            new FileInfo(Path.Combine(folder.FullName, "model.onnx")).Length.Should().Be(90_893_304);
            File.ReadLines(Path.Combine(folder.FullName, "vocab.txt")).Should().HaveCount(30_522);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = ServerProcess.CreateProcess([ServerProcess.AssemblyPath, .. arguments]);
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var timeout = new CancellationTokenSource(ServerProcess.Patience);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
