using System.Globalization;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Containers;

namespace PerfAssert.Containers.Starting;

/// <summary>Finds out why a start failed and says it.</summary>
internal static class StartFailure
{
    private const int LogLines = 20;
    private const int AnswerLength = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="configuration">The container's.</param>
    /// <param name="version">Which of two versions it is; null: it is one alone.</param>
    /// <param name="id">The container; null: it was not created.</param>
    /// <param name="asked">What the server was asked last, and its answer; null: it was not asked.</param>
    /// <param name="exception">What the start threw.</param>
    public static async Task<ModelServerStartException> DescribeAsync(
        ModelServerConfiguration configuration, Variant? version, string? id, string? asked, Exception exception)
    {
        var command = (configuration.Entrypoint ?? []).Concat(configuration.Command ?? Enumerable.Empty<string>()).ToList();
        var secrets = new ContainerSecrets(configuration.Environments ?? new Dictionary<string, string>(), command, configuration.Settings.Client);
        var (state, log) = id is null ? (null, "") : await LookAsync(configuration, id);
        var exited = state is { Running: false, Status: not "created" };
        // Cut after the secrets are out: half of one is not recognised.
        var answer = asked is null ? null : Cut(secrets.Hide(asked));
        var message = secrets.Hide(Write(configuration, version, id, command, state, exited, answer, log, exception));
        // Testcontainers' own exception of an exit holds the whole log, secrets included.
        var cause = IsSaid(exception) || secrets.Hide(exception.ToString()) != exception.ToString() ? null : exception;
        return new ModelServerStartException(message, exited ? state!.ExitCode : null, cause);
    }

    private static string Write(
        ModelServerConfiguration configuration, Variant? version, string? id, List<string> command, State? state, bool exited, string? answer, string log, Exception exception)
    {
        var settings = configuration.Settings;
        var text = new StringBuilder();
        text.AppendLine(Invariant($"The {settings.Server} container{Of(version)} {What(settings, id, state, exited, exception)}."));
        text.AppendLine(Invariant($"  image:    {configuration.Image.FullName}"));
        text.AppendLine(Invariant($"  command:  {(command.Count == 0 ? "the image's own" : string.Join(' ', command.Select(Quote)))}"));
        if (exited)
        {
            text.AppendLine(Invariant($"  exited:   code {state!.ExitCode}{(state.OOMKilled ? ", killed because it was out of memory" : "")}"));
        }

        if (answer is not null)
        {
            text.AppendLine(Invariant($"  asked:    {answer}"));
        }

        if (!IsSaid(exception))
        {
            text.AppendLine(Invariant($"  Docker:   {exception.Message.ReplaceLineEndings(" ")}"));
        }

        foreach (var hint in Hints(configuration, id, exception))
        {
            text.AppendLine(Invariant($"  check:    {hint}"));
        }

        var lines = log.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0).ToList();
        text.Append(lines.Count == 0 ? "  log:      empty" : Invariant($"  log, the last {Math.Min(LogLines, lines.Count)} of {lines.Count} lines:"));
        foreach (var line in lines.TakeLast(LogLines))
        {
            text.AppendLine().Append("    ").Append(line);
        }

        return text.ToString();
    }

    private static string Of(Variant? version) => version switch
    {
        Variant.Candidate => " of the candidate",
        Variant.Reference => " of the reference",
        _ => "",
    };

    private static string What(ServerSettings settings, string? id, State? state, bool exited, Exception exception) =>
        exited ? "exited before the model was ready"
        : exception is TimeoutException ? $"was not ready within {Seconds(settings.ReadyTimeout)} (WithReadyTimeout)"
        : exception is ProbeRefusedException ? "refuses to say whether the model is ready"
        : exception is ModelMissingException missing ? $"has no model '{missing.Model}' and cannot pull it"
        : id is null ? "could not be created"
        : "could not be started";

    // By the first line.
    private static bool IsSaid(Exception exception) => exception is ContainerNotRunningException or TimeoutException or ProbeRefusedException or ModelMissingException;

    private static IEnumerable<string> Hints(ModelServerConfiguration configuration, string? id, Exception exception) =>
        exception is ProbeRefusedException ? ["WithClientOptions gives the Authorization or the header that the server wants"]
        : exception is ModelMissingException ? ["WithModel has the model's name and tag as its registry has them"]
        : id is null && configuration.ImagePullPolicy == ReferenceImage.PullAnew ? [ReferenceImage.WhyPulled]
        : configuration.Settings.Hints;

    private static async Task<(State? State, string Log)> LookAsync(ModelServerConfiguration configuration, string id)
    {
        using var engine = Engine.Connect(configuration.DockerEndpointAuthConfig);
        using var limit = new CancellationTokenSource(Patience);
        State? state = null;
        try
        {
            state = (await engine.Containers.InspectContainerAsync(id, limit.Token)).State;
            var wanted = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Tail = "1000" };
            using var stream = await engine.Containers.GetContainerLogsAsync(id, wanted, limit.Token);
            return (state, await ReadAsync(stream, limit.Token));
        }
        catch (Exception exception)
        {
            // Whatever it is, it must not hide why the start failed.
            return (state, $"(not to be had: {exception.Message})");
        }
    }

    // Standard output and error as they came, not one after the other: the order tells the story.
    private static async Task<string> ReadAsync(MultiplexedStream stream, CancellationToken cancellationToken)
    {
        using var log = new MemoryStream();
        await stream.CopyOutputToAsync(Stream.Null, log, log, cancellationToken);
        return Encoding.UTF8.GetString(log.GetBuffer(), 0, (int)log.Length);
    }

    private static string Cut(string text) => text.Length > AnswerLength ? text[..AnswerLength] + "…" : text;

    private static string Quote(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
