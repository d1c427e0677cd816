using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

using SentimentServer.Faults;
using SentimentServer.Model;

namespace SentimentServer.Options;

/// <summary>The command line: its options, their ranges and their help.</summary>
internal static class ServerCommand
{
    private static readonly Option<string?> s_urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons; http only. Excludes --port.",
        HelpName = "urls",
    };

    private static readonly Option<string> s_host = WithDefault("127.0.0.1", Option<string>(
        "--host", "address", "Interface of the ports: an IP address; 0.0.0.0 is every one.", "an IP address",
        (string text, out string address) => IPAddress.TryParse(address = text, out _)));

    private static readonly Option<int> s_port = WithDefault(8000, PortOption<int>(
        "--port", "Port of the Open Inference Protocol over HTTP; 0 picks a free one.", port => port));

    private static readonly Option<int?> s_grpcPort = PortOption<int?>(
        "--grpc-port", "Port of the Open Inference Protocol over gRPC; 0 picks a free one; without it there is none.", port => port);

    private static readonly Option<int?> s_metricsPort = PortOption<int?>(
        "--metrics-port", "Another port of /metrics, which is on --port anyway; 0 picks a free one.", port => port);

    private static readonly Option<TimeSpan> s_delay = DurationOption(
        "--delay", "Wait added to infer requests before they queue: it adds latency and takes no capacity.");

    private static readonly Option<double> s_delayShare = WithDefault(1, Option<double>(
        "--delay-share", "share", "Share of the infer requests that get --delay.", "a number above 0 and up to 1",
        (string text, out double share) => TryParseNumber(text, out share) && share is > 0 and <= 1));

    private static readonly Option<TimeSpan> s_stallFor = DurationOption(
        "--stall-for", "For how long nothing at all is answered, health and metrics included.");

    private static readonly Option<TimeSpan> s_stallAfter = DurationOption(
        "--stall-after", "When the stall begins, counted from the first infer request; without it, with that request.");

    private static readonly Option<double> s_failureRate = WithDefault(0, Option<double>(
        "--failure-rate", "share", "Share of the infer requests answered with status 500.", "a number from 0 to 1",
        (string text, out double share) => TryParseNumber(text, out share) && share is >= 0 and <= 1));

    private static readonly Option<int> s_seed = WithDefault(1, Option<int>(
        "--seed", "number", "Decides which requests are delayed or fail.", "a whole number", TryParseInteger));

    private static readonly Option<TimeSpan> s_readyAfter = DurationOption(
        "--ready-after", "Stays not ready this long after the model is warm: a slow load, imitated.");

    private static readonly Option<bool> s_exitWithParent = new("--exit-with-parent")
    {
        Description = "Exit when standard input closes. Start the server with a pipe as standard input: it closes when you die.",
    };

    private static readonly Option<DirectoryInfo?> s_exportModel = new("--export-model")
    {
        Description = "Write model.onnx and vocab.txt to this folder and exit: for another server of the same model.",
        HelpName = "folder",
    };

    /// <summary>Parses the arguments and runs the server, or prints help or what is wrong.</summary>
    public static Task<int> InvokeAsync(string[] args, Func<ServerOptions, Task<int>> run)
    {
        var root = new RootCommand("A sentiment model behind the Open Inference Protocol v2, to be tested under load.")
        {
            s_urls, s_host, s_port, s_grpcPort, s_metricsPort, s_delay, s_delayShare, s_stallFor, s_stallAfter, s_failureRate, s_seed, s_readyAfter, s_exitWithParent,
            s_exportModel,
        };
        root.Validators.Add(RejectContradictions);
        root.SetAction(async (result, _) =>
        {
            if (result.GetValue(s_exportModel) is { } folder)
            {
                await ModelExport.WriteAsync(folder);
                return 0;
            }

            return await run(Read(result));
        });

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction errors)
        {
            errors.ShowHelp = false;
        }

        // Signals belong to the web host, which finishes the requests in flight.
        return parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static ServerOptions Read(ParseResult result) => new()
    {
        Urls = result.GetValue(s_urls)
            ?? string.Create(CultureInfo.InvariantCulture, $"http://{UrlHost(result)}:{result.GetValue(s_port)}"),
        Host = UrlHost(result),
        GrpcPort = result.GetValue(s_grpcPort),
        MetricsPort = result.GetValue(s_metricsPort),
        ReadyAfter = result.GetValue(s_readyAfter),
        ExitWithParent = result.GetValue(s_exitWithParent),
        Faults = new FaultOptions
        {
            Delay = result.GetValue(s_delay),
            DelayShare = result.GetValue(s_delayShare),
            StallAfter = result.GetValue(s_stallAfter),
            StallFor = result.GetValue(s_stallFor),
            FailureRate = result.GetValue(s_failureRate),
            Seed = result.GetValue(s_seed),
        },
    };

    private static void RejectContradictions(CommandResult result)
    {
        if (IsGiven(s_urls) && IsGiven(s_port))
        {
            result.AddError("--urls and --port exclude each other.");
        }

        if (IsGiven(s_urls) && IsGiven(s_host) && !IsGiven(s_grpcPort) && !IsGiven(s_metricsPort))
        {
            result.AddError("--host says nothing about --urls: write the host into the addresses.");
        }

        if (result.GetValue(s_urls) is { } urls && !urls.Split(';').All(IsHttpUrl))
        {
            result.AddError($"--urls must be http addresses such as http://127.0.0.1:8000, got '{urls}'.");
        }

        if (IsGiven(s_delayShare) && !IsGiven(s_delay))
        {
            result.AddError("--delay-share needs --delay.");
        }

        if (IsGiven(s_stallAfter) && !IsGiven(s_stallFor))
        {
            result.AddError("--stall-after needs --stall-for.");
        }

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }

    // '*' and '+' are Kestrel's names for every interface; Uri does not know them.
    private static bool IsHttpUrl(string url) =>
        Uri.TryCreate(url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal),
            UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttp
        && uri.PathAndQuery == "/";

    // An IPv6 address stands in brackets in a URL.
    private static string UrlHost(ParseResult result) =>
        result.GetRequiredValue(s_host) is var host && host.Contains(':') ? $"[{host}]" : host;

    private static Option<T> PortOption<T>(string name, string description, Func<int, T> convert) =>
        Option<T>(name, "port", description, "a number from 0 to 65535", (string text, out T port) =>
        {
            var isPort = TryParseInteger(text, out var number) && number is >= 0 and <= 65535;
            port = convert(number);
            return isPort;
        });

    private static bool TryParseInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static Option<TimeSpan> DurationOption(string name, string description) =>
        Option<TimeSpan>(name, "time", description, Duration.Expected, Duration.TryParse);

    private static Option<T> Option<T>(string name, string helpName, string description, string expected, TryParse<T> tryParse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!tryParse(text, out var value))
            {
                result.AddError($"{name} must be {expected}, got '{text}'.");
            }

            return value;
        },
    };

    private static Option<T> WithDefault<T>(T value, Option<T> option)
    {
        option.DefaultValueFactory = _ => value;
        return option;
    }

    private delegate bool TryParse<T>(string text, out T value);
}
