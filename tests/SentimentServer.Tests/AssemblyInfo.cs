// Every test starts a server that wants a core of its own.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
