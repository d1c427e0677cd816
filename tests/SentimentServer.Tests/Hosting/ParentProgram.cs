namespace SentimentServer.Tests.Hosting;

/// <summary>A parent that can be killed: starts a server, passes its output on, and does not clean up.</summary>
internal static class ParentProgram
{
    public static int Main(string[] args)
    {
        using var server = ServerProcess.CreateProcess([ServerProcess.AssemblyPath, .. args]);
        server.StartInfo.RedirectStandardError = false;
        server.Start();
        while (server.StandardOutput.ReadLine() is { } line)
        {
            Console.WriteLine(line);
        }

        return 0;
    }
}
