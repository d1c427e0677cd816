namespace PerfAssert.Containers.Starting;

/// <summary>The server does not tell whoever asks whether its model is ready: to ask again is of no use.</summary>
internal sealed class ProbeRefusedException() : Exception("the server refuses the question");
