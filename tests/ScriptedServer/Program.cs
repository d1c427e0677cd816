using Scripted.Options;
using Scripted.Serving;

return ServerCommand.Invoke(args, ServerHost.Run);
