using Grpc.Core;
using Grpc.Net.Client;
using PerfAssert.Clients.Http;
using PerfAssert.Clients.OpenInference.Wire;
using PerfAssert.Measurements;

namespace PerfAssert.Clients.OpenInference;

/// <summary>
/// A client of the Open Inference Protocol over gRPC: Triton, KServe runtimes, MLServer, OpenVINO Model Server. Answers of any size are taken.
/// Safe for many requests at once. Over HTTP: <see cref="OpenInferenceClient"/>.
/// </summary>
public sealed class OpenInferenceGrpcClient : IDisposable
{
    private readonly GrpcChannel channel;
    private readonly GRPCInferenceService.GRPCInferenceServiceClient client;
    private readonly TensorEncoding encoding;
    private readonly Metadata headers = [];
    private readonly Secrets secrets;
    private readonly MeasuredServer? server;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="baseAddress">The server's gRPC address, <c>http://127.0.0.1:8001</c>.</param>
    /// <param name="encoding">How tensors are sent: answers are read in either form. Default: raw.</param>
    /// <param name="options">How to connect; connections are always reused, over HTTP/2. Default: <see cref="ClientOptions"/> as it is.</param>
    /// <exception cref="ArgumentException">The address or an option cannot be used.</exception>
    public OpenInferenceGrpcClient(Uri baseAddress, TensorEncoding encoding = TensorEncoding.Raw, ClientOptions? options = null)
    {
        var settings = options ?? new ClientOptions();
        var address = HttpTransport.Address(baseAddress);
        if (address.Query.Length > 0)
        {
            throw new ArgumentException("gRPC has no query: give what it says in a header.", nameof(baseAddress));
        }

        if (address.AbsolutePath != "/")
        {
            throw new ArgumentException("gRPC has no path: give the host and the port alone.", nameof(baseAddress));
        }

        HttpTransport.Check(settings);
        if (!settings.ReuseConnections)
        {
            throw new ArgumentException("gRPC has no connection for each request: measure connecting with the HTTP client.", nameof(options));
        }

        this.encoding = encoding;
        secrets = new Secrets(settings);
        server = settings.Server;
        foreach (var (name, value) in settings.Headers)
        {
            headers.Add(name, value);
        }

        if (settings.Authorization is { } authorization)
        {
            headers.Add("Authorization", authorization);
        }

        channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = LoadHandler.Create(settings.MaxConnectionsPerServer),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        });
        client = new GRPCInferenceService.GRPCInferenceServiceClient(channel);
    }

    /// <summary>Asks a model: <c>ModelInfer</c>.</summary>
    /// <param name="request">The perf request to be measured; null outside a perf test.</param>
    /// <param name="infer">What to send.</param>
    /// <param name="cancellationToken">Cancels the call; a perf request's own token does so anyway.</param>
    /// <returns>What was answered.</returns>
    /// <exception cref="RequestFailedException">There is no complete answer.</exception>
    /// <exception cref="ArgumentException">A tensor has no typed form: FP16, BF16.</exception>
    public async Task<InferResult> InferAsync(PerfRequest? request, InferRequest infer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(infer);
        if (server is not null)
        {
            request?.UseServer(server);
        }

        var (token, linked) = Cancellation.Join(request, cancellationToken);
        using (linked)
        {
            var message = GrpcMessages.Write(infer, encoding);
            ModelInferResponse response;
            try
            {
                response = await client.ModelInferAsync(message, headers, cancellationToken: token).ConfigureAwait(false);
            }
            catch (RpcException exception)
            {
                token.ThrowIfCancellationRequested();
                throw GrpcFailures.Of(exception, secrets);
            }

            request?.AddBytes(message.CalculateSize(), response.CalculateSize());
            try
            {
                return GrpcMessages.Read(response);
            }
            catch (Exception exception) when (exception is ArgumentException or OverflowException)
            {
                throw GrpcFailures.Malformed(exception.Message);
            }
        }
    }

    /// <summary>Asks whether a model is loaded: <c>ModelReady</c>.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it is; false as well when nobody answers.</returns>
    public async Task<bool> IsReadyAsync(string model, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        try
        {
            var request = new ModelReadyRequest { Name = model };
            return (await client.ModelReadyAsync(request, headers, cancellationToken: cancellationToken).ConfigureAwait(false)).Ready;
        }
        catch (RpcException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => channel.Dispose();
}
