using System.Runtime.InteropServices;
using Scripted.Options;

namespace Scripted.Serving;

/// <summary>Runs the server until a signal, or the end of standard input, ends the process.</summary>
internal static class ServerHost
{
    public static int Run(ServerOptions options)
    {
        Server server;
        try
        {
            server = new Server(options);
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }

        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(0));
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Environment.Exit(0));
        if (options.ExitWithInput)
        {
            new Thread(ExitWithInput) { IsBackground = true, Name = "standard input" }.Start();
        }

        Console.WriteLine($"listening on http://127.0.0.1:{server.Port}");
        server.Run();
        return 0;
    }

    private static void ExitWithInput()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
        }

        Environment.Exit(0);
    }
}
