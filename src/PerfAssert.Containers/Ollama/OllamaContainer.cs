using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PerfAssert.Clients;
using PerfAssert.Clients.Ollama;
using PerfAssert.Containers.Starting;

namespace PerfAssert.Containers.Ollama;

/// <summary>Ollama in a container: its own API and the OpenAI-style one. It has no metrics page.</summary>
public sealed partial class OllamaContainer : ModelServerContainer<OllamaClient>
{
    private readonly OllamaConfiguration configuration;

    internal OllamaContainer(OllamaConfiguration configuration)
        : base(configuration) => this.configuration = configuration;

    /// <summary>The name clients ask for the model by.</summary>
    public string Model => configuration.Model;

    /// <inheritdoc />
    public override OllamaClient CreateClient(ClientOptions? options = null) => new(BaseAddress, Model, Named(options));

    // Up, then the model there, then in memory; each step is done only when the one before it is.
    private protected override async Task<string?> WhyNotReadyAsync(ReadyProbe probe, CancellationToken cancellationToken)
    {
        var up = await probe.GetAsync(new Uri(BaseAddress, "api/version"), cancellationToken);
        if (!up.Ok)
        {
            return up.ToString();
        }

        var shown = await Post("show", new { model = Model });
        var pulled = shown.Status == HttpStatusCode.NotFound ? await Post("pull", new { model = Model, stream = false }) : shown;
        if (pulled.Unless() is { } noModel)
        {
            return IsNowhere(pulled) ? throw new ModelMissingException(Model) : noModel;
        }

        var loaded = await Post("generate", new { model = Model, keep_alive = -1, stream = false });
        if (loaded.Status == HttpStatusCode.BadRequest && loaded.Body.Contains("does not support generate", StringComparison.Ordinal))
        {
            loaded = await Post("embed", new { model = Model, keep_alive = -1 });
        }

        return loaded.Unless()
            ?? (await probe.GetAsync(new Uri(BaseAddress, "api/ps"), cancellationToken)).UnlessJson(running => running.GetProperty("models").GetArrayLength() > 0);

        Task<ProbeAnswer> Post<T>(string action, T body) =>
            probe.PostAsync(new Uri(BaseAddress, "api/" + action), JsonSerializer.Serialize(body), cancellationToken);
    }

    private static bool IsNowhere(ProbeAnswer answer) =>
        (int?)answer.Status is >= 400 and < 500 and not (408 or 429) || RegistryRefuses().IsMatch(answer.Body);

    // Ollama answers 500 whatever kept it from pulling; a registry it did not reach, or that is busy, may be there the next time.
    [GeneratedRegex(@"pull model manifest: (file does not exist|unauthorized|4(?!08|29)\d\d:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RegistryRefuses();
}
