namespace SentimentServer.Hosting;

/// <summary>
/// Stops the server when standard input closes. The operating system closes a dead parent's end of the pipe however it died,
/// so this works where no handler of the parent runs.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    public static void Start(Action stop)
    {
        // A thread of its own: a blocking read must not take a thread from the pool.
        new Thread(() => Watch(stop)) { IsBackground = true, Name = "parent watch" }.Start();
    }

    private static void Watch(Action stop)
    {
        try
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[256];
            while (input.Read(ignored) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken pipe means the same as a closed one.
        }

        stop();

        // Nobody is left to read the answers that a graceful stop would wait for.
        Thread.Sleep(s_grace);
        Environment.Exit(0);
    }
}
