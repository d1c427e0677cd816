using System.Diagnostics;
using StreamingClients;

// What a streaming client costs beside a plain reader of the same stream. The server is a process of its own on another core.
//   dotnet run -c Release --project benchmarks/StreamingClients
if (args is ["--server"])
{
    StreamServer.Run();
    return 0;
}

if (args is not ["--client", var address])
{
    using var server = ServerProcess.Start();
    using var client = Process.Start(Cores.Program(firstCore: true, "--client", server.Address.ToString()))!;
    await client.WaitForExitAsync();
    return client.ExitCode;
}

var at = new Uri(address);
Console.WriteLine("| stream | reader | chunks/s | client CPU per chunk | bytes allocated per chunk |");
Console.WriteLine("|---|---|--:|--:|--:|");
foreach (var stream in new[] { StreamKind.Fast, StreamKind.Varied, StreamKind.OneByOne })
{
    (string Name, Func<Task<IReadOnlyList<Sample>>> Measure)[] readers =
    [
        ("plain HttpClient, counts bytes", () => PlainReader.MeasureAsync(at, stream)),
        ("OpenAIClient", () => ClientUnderTest.MeasureAsync(at, stream)),
        ("OpenAIClient in a perf test", () => ClientUnderTest.MeasureInPerfTestAsync(at, stream)),
    ];
    await Report.WriteAsync(stream, readers);
}

return 0;
