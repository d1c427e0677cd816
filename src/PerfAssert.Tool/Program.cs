using PerfAssert.Tool.Commands;

return PerfGateCommand.Invoke(args, Console.Out, Console.Error);
