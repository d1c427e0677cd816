using Xunit;

// The processes these tests start measure latencies: two at once would wait for each other's turn and disturb each other's numbers.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
