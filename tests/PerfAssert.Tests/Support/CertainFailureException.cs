using Xunit.Sdk;

namespace PerfAssert.Tests.Support;

/// <summary>What no other work on the machine explains: a test of real time that finds it is not tried again.</summary>
public sealed class CertainFailureException(string message) : XunitException(message);
