using System.Text;

using FastBertTokenizer;

using Microsoft.ML.OnnxRuntime;

namespace SentimentServer.Model;

/// <summary>Turns texts into unit vectors with all-MiniLM-L6-v2. Not safe for use by several threads at once.</summary>
internal sealed class SentenceEncoder : IDisposable
{
    /// <summary>The length of an embedding.</summary>
    public const int Dimensions = 384;

    /// <summary>Longer texts are cut: the model was trained on no more.</summary>
    public const int MaxTokens = 256;

    private static readonly string[] s_inputNames = ["input_ids", "attention_mask", "token_type_ids"];
    private static readonly string[] s_outputNames = ["last_hidden_state"];

    private readonly InferenceSession _session;
    private readonly BertTokenizer _tokenizer;
    private readonly RunOptions _runOptions = new();

    private SentenceEncoder(InferenceSession session, BertTokenizer tokenizer)
    {
        _session = session;
        _tokenizer = tokenizer;
    }

    public static SentenceEncoder Load()
    {
        var tokenizer = new BertTokenizer();
        using (var vocabulary = new StreamReader(new MemoryStream(PackagedModel.ReadVocabulary()), Encoding.UTF8))
        {
            tokenizer.LoadVocabulary(vocabulary, convertInputToLowercase: true);
        }

        // A server that is measured sends nothing home in the meantime.
        OrtEnv.Instance().DisableTelemetryEvents();

        // One thread that sleeps when idle: more of them, or spinning ones, make latencies noise on a small machine.
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        return new SentenceEncoder(new InferenceSession(PackagedModel.ReadGraph(), options), tokenizer);
    }

    /// <summary>Encodes the texts as one batch, padded to the longest of them.</summary>
    public float[][] Encode(IReadOnlyList<string> texts)
    {
        var tokens = texts.Select(Tokenize).ToArray();
        var length = tokens.Max(ids => ids.Length);
        var ids = new long[texts.Count * length];
        var mask = new long[texts.Count * length];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i].CopyTo(ids, i * length);
            mask.AsSpan(i * length, tokens[i].Length).Fill(1);
        }

        long[] shape = [texts.Count, length];
        using var idsTensor = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var maskTensor = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var typesTensor = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        using var outputs = _session.Run(_runOptions, s_inputNames, [idsTensor, maskTensor, typesTensor], s_outputNames);

        var hidden = outputs[0].GetTensorDataAsSpan<float>();
        var embeddings = new float[texts.Count][];
        for (var i = 0; i < embeddings.Length; i++)
        {
            embeddings[i] = Pool(hidden.Slice(i * length * Dimensions, tokens[i].Length * Dimensions));
        }

        return embeddings;
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private long[] Tokenize(string text)
    {
        Span<long> ids = stackalloc long[MaxTokens];
        Span<long> mask = stackalloc long[MaxTokens];
        var count = _tokenizer.Encode(Accents.Remove(text), ids, mask);
        return ids[..count].ToArray();
    }

    /// <summary>The mean over the tokens, scaled to length 1.</summary>
    private static float[] Pool(ReadOnlySpan<float> tokens)
    {
        var sum = new float[Dimensions];
        for (var start = 0; start < tokens.Length; start += Dimensions)
        {
            var token = tokens.Slice(start, Dimensions);
            for (var d = 0; d < Dimensions; d++)
            {
                sum[d] += token[d];
            }
        }

        // Scaling to length 1 takes the division by the number of tokens with it.
        var norm = MathF.Sqrt(sum.Sum(x => x * x));
        for (var d = 0; d < Dimensions; d++)
        {
            sum[d] /= norm;
        }

        return sum;
    }
}
