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
    private const double MostOtherWork = 0.1;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    public BenchmarkOptions Options => options;

    /// <summary>Those that are installed.</summary>
    public IReadOnlyList<Generator> Generators { get; } = [.. generators.Where(generator => generator.Missing is null)];

    public Figures Figures => figures;

    /// <summary>Measurements that failed: what they were to show is missing, which is no success.</summary>
    public int Failures { get; private set; }

    public Task<ScriptedServerProcess> StartServerAsync(params string[] script) => ScriptedServerProcess.StartAsync(options.ServerCore, script);

    /// <summary>Lets the tools take turns: each once, then again.</summary>
    public async Task RoundRobinAsync(
        string scenario, IEnumerable<Generator> tools, Func<Generator, string, Task<string>> measure, CancellationToken cancellationToken)
    {
        Generator[] turns = [.. tools];
        for (var repeat = 1; repeat <= options.Repeats; repeat++)
        {
            foreach (var tool in turns)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var folder = Directory.CreateTempSubdirectory("load-engine-");
                try
                {
                    Say($"[{repeat}/{options.Repeats}] {scenario}: {tool.Name}: {await measure(tool, folder.FullName).ConfigureAwait(false)}");
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    // One tool that fails must not cost the hour the others took; it is told in the result.
                    Failures++;
                    Figures.Note($"{tool.Name} failed ({scenario}): {exception.Message.Split('\n')[0]}");
                    Say($"[{repeat}/{options.Repeats}] {scenario}: {tool.Name}: FAILED: {exception.Message}");
                }
                finally
                {
                    folder.Delete(recursive: true);
                }
            }
        }
    }

    public ToolProcess Start(Generator tool, Job job) => ToolProcess.Start(tool.CommandFor(job), options.ClientCore);

    /// <summary>Looks at the middle of a run; other work on the machine is told in the result.</summary>
    public async Task<Window> MeasureAsync(
        string scenario, Generator tool, double seconds, ScriptedServerProcess server, ToolProcess process, CancellationToken cancellationToken)
    {
        var window = await Window.MeasureAsync(TimeSpan.FromSeconds(seconds), server, process, cancellationToken).ConfigureAwait(false);
        if (window.OtherCpu / window.Seconds is > MostOtherWork and var other)
        {
            Figures.Note(string.Create(
                CultureInfo.InvariantCulture, $"While {tool.Name} ran ({scenario}), other programs took {other:P0} of a core: not to be quoted"));
        }

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
