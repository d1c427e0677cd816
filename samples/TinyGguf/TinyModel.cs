namespace TinyGguf;

/// <summary>
/// A llama model with random weights: it says nothing, as fast as a real model of its size, and llama.cpp's server loads it like any other.
/// </summary>
public static class TinyModel
{
    /// <summary>Writes a model; the same shape and seed give the same file.</summary>
    /// <param name="path">The file, of a folder that exists. It appears when it is complete; one that is there is replaced.</param>
    /// <param name="shape">How large it is. Default: <see cref="ModelShape.Tiny"/>.</param>
    /// <param name="seed">Decides the weights.</param>
    /// <exception cref="ArgumentException">The shape is none a llama model can have.</exception>
    public static void Write(string path, ModelShape? shape = null, int seed = 1)
    {
        shape ??= ModelShape.Tiny;
        if (shape.Problem is { } problem)
        {
            throw new ArgumentException(problem + ".", nameof(shape));
        }

        // Unique, as two processes may write the same model at once.
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                Write(file, shape, seed);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void Write(Stream stream, ModelShape shape, int seed)
    {
        using var gguf = new GgufWriter();
        var (embedding, heads, tokens) = (shape.Embedding, shape.Heads, Vocabulary.Tokens);
        gguf.Add("general.architecture", "llama");
        gguf.Add("general.name", "tiny random llama");
        gguf.Add("general.alignment", GgufWriter.Alignment);
        gguf.Add("llama.context_length", shape.Context);
        gguf.Add("llama.embedding_length", embedding);
        gguf.Add("llama.block_count", shape.Layers);
        gguf.Add("llama.feed_forward_length", shape.FeedForward);
        gguf.Add("llama.attention.head_count", heads);
        gguf.Add("llama.attention.head_count_kv", shape.KeyValueHeads);
        gguf.Add("llama.rope.dimension_count", embedding / heads);
        gguf.Add("llama.vocab_size", tokens.Count);
        gguf.Add("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        gguf.Add("tokenizer.ggml.model", "llama");
        gguf.Add("tokenizer.ggml.pre", "default");
        gguf.Add("tokenizer.ggml.tokens", tokens.Select(token => token.Text));
        gguf.Add("tokenizer.ggml.scores", tokens.Select(token => token.Score));
        gguf.Add("tokenizer.ggml.token_type", tokens.Select(token => token.Type));
        gguf.Add("tokenizer.ggml.unknown_token_id", Vocabulary.Unknown);
        gguf.Add("tokenizer.ggml.bos_token_id", Vocabulary.Begin);
        gguf.Add("tokenizer.ggml.eos_token_id", Vocabulary.End);
        gguf.Add("tokenizer.ggml.add_bos_token", true);
        gguf.Add("tokenizer.ggml.add_eos_token", false);
        gguf.Add(
            "tokenizer.chat_template",
            "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant: ");

        var random = new Random(seed);
        Func<float> wide = () => Normal(random, 1);
        Func<float> narrow = () => Normal(random, 1 / Math.Sqrt(embedding));
        Func<float> one = () => 1;
        gguf.AddMatrix("token_embd.weight", embedding, tokens.Count, wide);
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var block = $"blk.{layer}.";
            var keyValueWidth = shape.KeyValueHeads * (embedding / heads);
            gguf.AddVector(block + "attn_norm.weight", embedding, one);
            gguf.AddMatrix(block + "attn_q.weight", embedding, embedding, narrow);
            gguf.AddMatrix(block + "attn_k.weight", embedding, keyValueWidth, narrow);
            gguf.AddMatrix(block + "attn_v.weight", embedding, keyValueWidth, narrow);
            gguf.AddMatrix(block + "attn_output.weight", embedding, embedding, narrow);
            gguf.AddVector(block + "ffn_norm.weight", embedding, one);
            gguf.AddMatrix(block + "ffn_gate.weight", embedding, shape.FeedForward, narrow);
            gguf.AddMatrix(block + "ffn_up.weight", embedding, shape.FeedForward, narrow);
            gguf.AddMatrix(block + "ffn_down.weight", shape.FeedForward, embedding, () => Normal(random, 1 / Math.Sqrt(shape.FeedForward)));
        }

        gguf.AddVector("output_norm.weight", embedding, one);

        // Tied to the embedding instead, it would repeat one token for ever.
        gguf.AddMatrix("output.weight", embedding, tokens.Count, () => Normal(random, 2 / Math.Sqrt(embedding)));
        gguf.WriteTo(stream);
    }

    /// <summary>Box and Muller: a normal deviate of two uniform ones.</summary>
    private static float Normal(Random random, double sigma) =>
        (float)(sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
