using BenchmarkDotNet.Running;
using PerfAssert.Micro;

BenchmarkSwitcher.FromAssembly(typeof(RecorderBenchmarks).Assembly).Run(args);
