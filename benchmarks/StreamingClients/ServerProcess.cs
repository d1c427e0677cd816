using System.Diagnostics;
using System.Globalization;

namespace StreamingClients;

/// <summary>The server, as a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public static ServerProcess Start()
    {
        var program = Cores.Program(firstCore: false, "--server");
        (program.RedirectStandardInput, program.RedirectStandardOutput) = (true, true);
        var process = Process.Start(program)!;
        var port = int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        return new ServerProcess(process, new Uri($"http://127.0.0.1:{port}"));
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
