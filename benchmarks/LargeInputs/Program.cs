using System.Globalization;
using LargeInputs;
using Microsoft.ML.Tokenizers;
using PerfAssert.Clients;
using PerfAssert.Payloads.Images;
using PerfAssert.Payloads.Prompts;
using PerfAssert.Payloads.Tensors;

// What it costs, before the first request is sent, to read big traces and to make big pools of payloads.
//   dotnet run -c Release --project benchmarks/LargeInputs
const int Million = 1_000_000;
var start = new DateTime(2024, 5, 10, 0, 0, 0, DateTimeKind.Utc);
var tokens = TokenCounter.Of(TiktokenTokenizer.CreateForModel("gpt-4"));
var lengths = TokenLength.LogNormal(median: 200, sigma: 0.8, least: 10, most: 2000);
_ = PromptPool.OfLength(tokens, lengths, count: 10);

Table.Head();
foreach (var count in (int[])[Million, 10 * Million])
{
    Traces.Measure(".txt", count, i => string.Create(CultureInfo.InvariantCulture, $"{i * 0.0001:0.0000}"));
    Traces.Measure(".csv", count, i => string.Create(CultureInfo.InvariantCulture, $"{start.AddTicks(i * 1000L):yyyy-MM-dd HH:mm:ss.ffffff}+00:00,4808,10"), "TIMESTAMP,ContextTokens,GeneratedTokens");
    Traces.Measure(".jsonl", count, i => $$"""{"timestamp": {{i / 10}}, "input_length": 6955, "output_length": 52}""");
}

foreach (var count in (int[])[1000, 10_000])
{
    Table.Row("prompts of about 280 tokens", count, () => PromptPool.OfLength(tokens, lengths, count));
}

foreach (var count in (int[])[Million / 10, Million])
{
    using var file = TextFile.Of(".jsonl", count, i => $$"""{"id": {{i}}, "question": "What is the {{i}}th word of the book on the table in the room at the end of the hall?"}""");
    Table.Row($"prompts of 80 characters, {file.Megabytes:N0} MB of JSON lines", count, () => PromptPool.FromJsonLines(file.Path, "question"));
}

foreach (var count in (int[])[100, 1000])
{
    Table.Row("JPEG, 640 × 480", count, () => ImagePool.Jpeg(640, 480, count));
    Table.Row("image tensors, 3 × 224 × 224, FP32", count, () => ImagePool.Tensors("image", 224, 224, count: count));
    Table.Row("random tensors, 3 × 224 × 224, FP32", count, () => TensorPool.Random(new RandomTensor("x", TensorType.FP32, 1, 3, 224, 224), count));
}
