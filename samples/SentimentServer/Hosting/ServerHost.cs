using Microsoft.Extensions.Logging.Console;

using Prometheus;

using SentimentServer.Faults;
using SentimentServer.Model;
using SentimentServer.Options;
using SentimentServer.Protocol;
using SentimentServer.Telemetry;

namespace SentimentServer.Hosting;

/// <summary>Composes the server and runs it until it is told to stop.</summary>
internal static class ServerHost
{
    private const int MaxRequestBytes = 1024 * 1024;

    public static async Task<int> RunAsync(ServerOptions options)
    {
        var listeners = new Listeners(options);
        await using var app = Build(options, listeners);
        var stopping = app.Lifetime.ApplicationStopping;
        if (options.ExitWithParent)
        {
            ParentWatch.Start(app.Lifetime.StopApplication);
        }

        try
        {
            await app.StartAsync(stopping);
            await MakeReadyAsync(app, options, listeners, stopping);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await app.StopAsync(CancellationToken.None);
            return 0;
        }
        catch (IOException exception)
        {
            // An address in use, or the model file missing: the message says which, and a stack trace adds nothing.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static WebApplication Build(ServerOptions options, Listeners listeners)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            listeners.Open(kestrel);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        // Standard output carries the one line a starter waits for; logs go to standard error.
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

        // A failed start is reported by RunAsync, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options.Faults);
        builder.Services.AddSingleton<FaultInjector>();
        builder.Services.AddSingleton<StallWindow>();
        builder.Services.AddSingleton<InferenceMetrics>();
        builder.Services.AddSingleton<SentimentModel>();
        builder.Services.AddSingleton<Inference>();
        builder.Services.AddSingleton<InferEndpoint>();
        builder.Services.AddSingleton<GrpcEndpoint>();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxRequestBytes);

        var app = builder.Build();
        app.UseHttpMetrics();
        app.UseMiddleware<ErrorMiddleware>();
        if (options.Faults.StallFor > TimeSpan.Zero)
        {
            app.UseMiddleware<StallMiddleware>();
        }

        app.MapOpenInference();
        app.MapGrpcService<GrpcEndpoint>();
        app.MapMetrics();
        return app;
    }

    private static async Task MakeReadyAsync(
        WebApplication app, ServerOptions options, Listeners listeners, CancellationToken stopping)
    {
        var model = app.Services.GetRequiredService<SentimentModel>();
        var classifier = await Task.Run(SentimentClassifier.LoadWarm, stopping);
        if (options.ReadyAfter > TimeSpan.Zero)
        {
            await Task.Delay(options.ReadyAfter, stopping);
        }

        model.Publish(classifier);
        foreach (var line in listeners.Announcements())
        {
            await Console.Out.WriteLineAsync(line);
        }
    }
}
