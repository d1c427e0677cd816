using System.Diagnostics;
using System.Globalization;
using LoadEngine.Generators;
using LoadEngine.Measuring;
using LoadEngine.Options;
using LoadEngine.Results;
using Scripted;

namespace LoadEngine.Parts;

/// <summary>What every part works with.</summary>
internal sealed class Bench(BenchmarkOptions options, IReadOnlyList<Generator> generators, Figures figures)
{
    // A turn beside which other programs took more of a core is taken again, a few times.
    private const double MostOtherWork = 0.1;
    private const int MostAttempts = 4;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private int attempt;

    public BenchmarkOptions Options => options;

    /// <summary>Those that are installed.</summary>
    public IReadOnlyList<Generator> Generators { get; } = [.. generators.Where(generator => generator.Missing is null)];

    public Figures Figures => figures;

    /// <summary>Measurements that failed: what they were to show is missing, which is no success.</summary>
    public int Failures { get; private set; }

    public Task<ScriptedServerProcess> StartServerAsync(params string[] script) => ScriptedServerProcess.StartAsync(options.ServerCore, script);

    /// <summary>Lets the tools take turns: each once, then again, and each time another one begins. Whether a turn is taken again depends on other programs alone, not on what it showed.</summary>
    public async Task RoundRobinAsync(
        string scenario, IEnumerable<Generator> tools, Func<Generator, string, Task<string>> measure, CancellationToken cancellationToken)
    {
        Generator[] turns = [.. tools];
        for (var repeat = 1; repeat <= options.Repeats; repeat++)
        {
            var begins = (repeat - 1) % Math.Max(1, turns.Length);
            foreach (var tool in turns[begins..].Concat(turns[..begins]))
            {
                var turn = $"[{repeat}/{options.Repeats}] {scenario}: {tool.Name}";
                attempt = 0;
                do
                {
                    attempt++;
                }
                while (!await TakeTurnAsync(turn, scenario, tool, measure, cancellationToken).ConfigureAwait(false));
            }
        }
    }

    // False: it was disturbed, and is to be taken again.
    private async Task<bool> TakeTurnAsync(
        string turn, string scenario, Generator tool, Func<Generator, string, Task<string>> measure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = Directory.CreateTempSubdirectory("load-engine-");
        try
        {
            Say($"{turn}: {await measure(tool, folder.FullName).ConfigureAwait(false)}");
        }
        catch (DisturbedException exception)
        {
            Say($"{turn}: {exception.Message}");
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One tool that fails must not cost the hour the others took; it is told in the result.
            Failures++;
            Figures.Note($"{tool.Name} failed ({scenario}): {exception.Message.Split('\n')[0]}");
            Say($"{turn}: FAILED: {exception.Message}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return true;
    }

    public ToolProcess Start(Generator tool, Job job) => ToolProcess.Start(tool.CommandFor(job), options.ClientCore);

    /// <summary>Looks at the middle of a run; other work on the machine makes the turn void, or is told in the result when there is no end to it.</summary>
    /// <exception cref="DisturbedException">The turn is to be taken again.</exception>
    public async Task<Window> MeasureAsync(
        string scenario, Generator tool, double seconds, ScriptedServerProcess server, ToolProcess process, CancellationToken cancellationToken)
    {
        var window = await Window.MeasureAsync(TimeSpan.FromSeconds(seconds), server, process, cancellationToken).ConfigureAwait(false);
        var other = window.OtherCpu / window.Seconds;
        if (other <= MostOtherWork)
        {
            return window;
        }

        if (attempt < MostAttempts)
        {
            throw new DisturbedException(other);
        }

        Figures.Note(string.Create(
            CultureInfo.InvariantCulture, $"While {tool.Name} ran ({scenario}), other programs took {other:P0} of a core, {MostAttempts} times: not to be quoted"));
        return window;
    }

    /// <summary>Waits until the server has seen a request.</summary>
    public static async Task FirstRequestAsync(ScriptedServerProcess server, ToolProcess tool, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while ((await server.ReadStatisticsAsync().ConfigureAwait(false)).Requests == 0)
        {
            if (tool.HasExited)
            {
                _ = await tool.WaitAsync(StartPatience, cancellationToken).ConfigureAwait(false);
                throw new InvalidOperationException("it ended without a request");
            }

            if (Stopwatch.GetElapsedTime(start) > StartPatience)
            {
                throw new TimeoutException("it sent no request");
            }

            await Task.Delay(20, cancellationToken).ConfigureAwait(false);
        }
    }

    public static void Say(string text) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {text}");
}
