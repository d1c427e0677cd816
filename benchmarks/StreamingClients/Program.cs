using StreamingClients;

// What a streaming client costs beside a plain reader of the same stream. The server is a process of its own on another core.
//   dotnet run -c Release --project benchmarks/StreamingClients
if (args is ["--server"])
{
    StreamServer.Run();
    return;
}

using var server = ServerProcess.Start();
Cores.PinThisProcess(first: true);
Console.WriteLine("| stream | reader | chunks/s | client CPU per chunk | bytes allocated per chunk |");
Console.WriteLine("|---|---|--:|--:|--:|");
foreach (var stream in new[] { StreamKind.Fast, StreamKind.Varied, StreamKind.OneByOne })
{
    await Report.WriteAsync(stream, "plain HttpClient, counts bytes", await PlainReader.MeasureAsync(server.Address, stream));
    await Report.WriteAsync(stream, "OpenAIClient", await ClientUnderTest.MeasureAsync(server.Address, stream));
    await Report.WriteAsync(stream, "OpenAIClient in a perf test", await ClientUnderTest.MeasureInPerfTestAsync(server.Address, stream));
}
