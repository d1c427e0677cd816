using Xunit;

namespace ModelPerfTests;

/// <summary>One server for all classes of this group.</summary>
[CollectionDefinition("sentiment server")]
public sealed class SentimentServerGroup : ICollectionFixture<SentimentServer>;
