using Docker.DotNet.Models;
using DotNet.Testcontainers.Containers;
using FluentAssertions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.ML.Tokenizers;
using PerfAssert.Clients;
using PerfAssert.Containers;
using PerfAssert.Payloads;
using Xunit;
using Xunit.Abstractions;

namespace PerfAssert.Docs.Tests.Code;

/// <summary>What examples may use without declaring it: servers, clients, texts. A library of its own, so that an example may declare the same names.</summary>
internal static class StandIns
{
    private const string Source = """
        using PerfAssert;

        public sealed record Chunk(string Text, int Tokens);

        public sealed class ModelClient
        {
            public Task<string> InferAsync(string model, string text, CancellationToken cancellationToken) => Task.FromResult(model + text);
            public string Infer(string model, string text) => model + text;
            public async IAsyncEnumerable<Chunk> StreamAsync(
                string prompt, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                await Task.Yield();
                yield return new Chunk(prompt, 1);
            }
        }

        public sealed class TritonServer : IAsyncLifetime
        {
            public ModelClient Client { get; } = new();
            public Uri Url { get; } = new("http://127.0.0.1:8000");
            public Task InitializeAsync() => Task.CompletedTask;
            public Task DisposeAsync() => Task.CompletedTask;
        }

        public sealed class SentimentServer : IAsyncLifetime
        {
            public Task<string> ClassifyAsync(string text, CancellationToken cancellationToken) => Task.FromResult(text);
            public Task InitializeAsync() => Task.CompletedTask;
            public Task DisposeAsync() => Task.CompletedTask;
        }

        public sealed class Endpoints
        {
            public HttpClient Candidate { get; } = new();
            public HttpClient Reference { get; } = new();
        }

        public static class Texts
        {
            public static string Next(PerfRequest request, int words = 12) => new('x', request.Random.Next(words) + 1);
        }

        public abstract class Surroundings
        {
            protected static readonly HttpClient client = new();
            protected static readonly ModelClient model = new();
            protected static readonly TritonServer triton = new();
            protected static readonly SentimentServer server = new();
        }
        """;

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using PerfAssert;
        global using Xunit;
        """;

    /// <summary>Implicit usings of an SDK project, and the two namespaces every example needs.</summary>
    public static SyntaxTree GlobalUsings { get; } = CSharpSyntaxTree.ParseText(Usings);

    /// <summary>The framework, PerfAssert's packages, what they extend and the stand-ins; nothing else.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } = Create();

    private static List<MetadataReference> Create()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Type[] loaded =
        [
            typeof(PerfTest), typeof(PerfFactAttribute), typeof(PerfResultAssertions), typeof(Answer),
            typeof(ModelServerContainer), typeof(DockerContainer), typeof(CreateContainerParameters),
            typeof(PayloadOrder), typeof(Tokenizer), typeof(FastBertTokenizer.BertTokenizer),
            typeof(FactAttribute), typeof(Assert), typeof(ITestOutputHelper), typeof(AssertionExtensions),
        ];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework)
            .Concat(loaded.Select(type => type.Assembly.Location))
            .Distinct()
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToList();
        var standIns = CSharpCompilation.Create(
            "StandIns", [GlobalUsings, CSharpSyntaxTree.ParseText(Source)], references, Compiled.Options);
        using var image = new MemoryStream();
        var emitted = standIns.Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException("The stand-ins do not compile: " + string.Join('\n', emitted.Diagnostics));
        }

        return [.. references, MetadataReference.CreateFromImage(image.ToArray())];
    }
}
