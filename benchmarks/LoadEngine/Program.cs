using LoadEngine.Children;
using LoadEngine.Options;

return args is [Child.Verb, var name, var job] ? await Child.RunAsync(name, job) : await BenchmarkCommand.InvokeAsync(args);
