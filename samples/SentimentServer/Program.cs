using SentimentServer.Hosting;
using SentimentServer.Options;

return await ServerCommand.InvokeAsync(args, ServerHost.RunAsync);
