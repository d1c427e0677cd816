using System.Collections;
using Xunit;

namespace PerfAssert.Xunit.Scenarios;

/// <summary>Rows of every origin, beside a request that stands first, last, in the middle or nowhere.</summary>
[Load("10 requests")]
[Budget("errors <= 0 %", "p50 < 20 s")]
public sealed class Theories
{
    public static TheoryData<string, int> Pairs => new() { { "short", 16 }, { "long", 256 } };

    public static TheoryData<Unserializable> Objects => new() { new Unserializable("one"), new Unserializable("two") };

    public static IEnumerable<object[]?> HalfWrong => [[1], ["no struct"], null];

    public static IEnumerable<object[]> Alike => [[new Unnamed()], [new Unnamed()]];

    public static TheoryData<int> Unreadable => throw new InvalidOperationException("the data is out of reach");

    [PerfTheory]
    [InlineData(16)]
    [InlineData(64)]
    public Task RequestLast(int length, PerfRequest request) => Task.Delay(length > 0 ? 1 : 0, request.CancellationToken);

    [PerfTheory]
    [MemberData(nameof(Pairs))]
    public Task RequestFirst(PerfRequest request, string name, int length) =>
        Task.Delay(name.Length + length > 0 ? 1 : 0, request.CancellationToken);

    [PerfTheory]
    [MemberData(nameof(Pairs))]
    public Task RequestBetween(string name, PerfRequest request, int length) =>
        Task.Delay(name.Length + length > 0 ? 1 : 0, request.CancellationToken);

    [PerfTheory]
    [ClassData(typeof(Batches))]
    public ValueTask NoRequest(int batch) => batch > 0 ? ValueTask.CompletedTask : throw new InvalidOperationException();

    [PerfTheory]
    [InlineData(16)]
    public Task DefaultValue(PerfRequest request, int length, int batch = 8) =>
        Task.Delay(length + batch == 24 ? 1 : throw new InvalidOperationException(), request.CancellationToken);

    [PerfTheory]
    [InlineData(1, 2, 3)]
    public Task Many(PerfRequest request, params int[] lengths) =>
        Task.Delay(lengths.Length == 3 ? 1 : throw new InvalidOperationException(), request.CancellationToken);

    [PerfTheory]
    [InlineData("text")]
    public Task Generic<T>(PerfRequest request, T value) => Task.Delay(value is null ? 0 : 1, request.CancellationToken);

    [PerfTheory]
    [InlineData("6f9619ff-8b86-d011-b42d-00cf4fc964ff")]
    public Task Converted(Guid id) => Task.Delay(id == Guid.Empty ? 0 : 1);

    [PerfTheory]
    [MemberData(nameof(Objects))]
    public Task AtRunTime(Unserializable value, PerfRequest request) => Task.Delay(value.Name.Length, request.CancellationToken);

    [PerfTheory]
    [MemberData(nameof(Unreadable))]
    public Task WithoutItsData(int row) => Task.Delay(row);

    [PerfTheory]
    [InlineData(1)]
    [InlineData(2, Skip = "this row has no server")]
    public Task SkippedRow(int row, PerfRequest request) => Task.Delay(row, request.CancellationToken);

    [PerfTheory]
    [MemberData(nameof(HalfWrong))]
    public Task WrongRow<T>(PerfRequest request, T value)
        where T : struct => Task.Delay(value.GetHashCode() < 0 ? 1 : 2, request.CancellationToken);

    [PerfTheory]
    [MemberData(nameof(Alike))]
    public Task SameName(Unnamed value) => Task.Delay(value.GetHashCode() < 0 ? 1 : 2);

    [PerfTheory]
    [MemberData(nameof(HalfWrong), Skip = "no server for these")]
    public Task SkippedAtRunTime<T>(PerfRequest request, T value)
        where T : struct => Task.Delay(value.GetHashCode() < 0 ? 1 : 2, request.CancellationToken);

    [PerfTheory]
    [InlineData("one and the same beginning of a text of more than fifty characters: one")]
    [InlineData("one and the same beginning of a text of more than fifty characters: two")]
    public Task LongText(string text) => Task.Delay(text.Length > 0 ? 1 : 2);

    [PerfTheory(DisplayName = "a name of its own")]
    [InlineData(16)]
    public Task Named(int length, PerfRequest request) => Task.Delay(length > 0 ? 1 : 0, request.CancellationToken);

    public sealed class Unserializable(string name) : IDisposable
    {
        public string Name { get; } = name;

        public override string ToString() => Name;

        public void Dispose() => EventLog.Write("row disposed");
    }

    public sealed class Unnamed;

    public sealed class Batches : IEnumerable<object[]>
    {
        public IEnumerator<object[]> GetEnumerator()
        {
            yield return [1];
            yield return [8];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
