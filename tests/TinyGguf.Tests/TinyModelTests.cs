using FluentAssertions;

using Xunit;

namespace TinyGguf.Tests;

public sealed class TinyModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string ModelPath => Path.Combine(_folder.FullName, "tiny.gguf");

    [Fact]
    public void The_file_says_what_a_llama_model_must_say()
    {
        var shape = new ModelShape { Embedding = 48, Layers = 2, Heads = 6, KeyValueHeads = 3, FeedForward = 20, Context = 99 };
        TinyModel.Write(ModelPath, shape);

        var gguf = new ReadGguf(ModelPath);

        (gguf.Magic, gguf.Version).Should().Be(("GGUF", 3u));
        gguf.Values.Should().Contain(new Dictionary<string, object>
        {
            ["general.architecture"] = "llama",
            ["general.alignment"] = 32u,
            ["llama.context_length"] = 99u,
            ["llama.embedding_length"] = 48u,
            ["llama.block_count"] = 2u,
            ["llama.feed_forward_length"] = 20u,
            ["llama.attention.head_count"] = 6u,
            ["llama.attention.head_count_kv"] = 3u,
            ["llama.rope.dimension_count"] = 8u,
            ["llama.attention.layer_norm_rms_epsilon"] = 1e-5f,
            ["tokenizer.ggml.model"] = "llama",
            ["tokenizer.ggml.add_bos_token"] = true,
            ["tokenizer.ggml.add_eos_token"] = false,
        });
        ((string)gguf.Values["tokenizer.chat_template"]).Should().EndWith("assistant: ");
        gguf.Tensors.Should().HaveCount(3 + (2 * 9));
        Sizes("blk.1.attn_q.weight").Should().Equal(48ul, 48ul);
        Sizes("blk.1.attn_k.weight").Should().Equal(48ul, 24ul);
        Sizes("blk.1.ffn_up.weight").Should().Equal(48ul, 20ul);
        Sizes("blk.1.ffn_down.weight").Should().Equal(20ul, 48ul);

        ulong[] Sizes(string name) => gguf.Tensors[name].Sizes;
    }

    [Fact]
    public void Tensors_follow_one_another_at_multiples_of_the_alignment_and_fill_the_file()
    {
        TinyModel.Write(ModelPath, new ModelShape { Embedding = 12, Heads = 2, KeyValueHeads = 1, FeedForward = 7, Layers = 1 });

        var gguf = new ReadGguf(ModelPath);

        var end = 0L;
        foreach (var tensor in gguf.Tensors.Values)
        {
            tensor.Offset.Should().Be((ulong)end);
            end += ReadGguf.Padded(tensor.Bytes);
        }

        gguf.Length.Should().Be(gguf.ExpectedLength);
        gguf.Numbers("output_norm.weight").Should().HaveCount(12).And.OnlyContain(number => number == 1);
    }

    [Fact]
    public void Weights_are_normal_with_the_deviation_that_keeps_activations_in_range()
    {
        TinyModel.Write(ModelPath);

        var gguf = new ReadGguf(ModelPath);

        Deviation("token_embd.weight").Should().BeApproximately(1, 0.02);
        Deviation("blk.3.attn_v.weight").Should().BeApproximately(1 / Math.Sqrt(256), 0.002);
        Deviation("blk.3.ffn_down.weight").Should().BeApproximately(1 / Math.Sqrt(704), 0.002);
        Deviation("output.weight").Should().BeApproximately(2 / Math.Sqrt(256), 0.004);
        gguf.Tensors.Values.Sum(tensor => tensor.Count).Should().BeInRange(3_500_000, 3_800_000);

        double Deviation(string name)
        {
            var numbers = gguf.Numbers(name);
            numbers.Average().Should().BeApproximately(0, 0.02f);
            return Math.Sqrt(numbers.Average(number => (double)number * number));
        }
    }

    [Fact]
    public void Every_word_can_be_reached_by_merging_pairs_and_every_byte_has_a_token()
    {
        TinyModel.Write(ModelPath);

        var values = new ReadGguf(ModelPath).Values;

        var tokens = ((object[])values["tokenizer.ggml.tokens"]).Cast<string>().ToArray();
        tokens.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(700).And.HaveCount((int)(uint)values["llama.vocab_size"]);
        ((object[])values["tokenizer.ggml.scores"]).Should().HaveCount(tokens.Length);
        ((object[])values["tokenizer.ggml.token_type"]).Cast<int>().Should().HaveCount(tokens.Length).And.StartWith([2, 3, 3, 6]);
        tokens[3..259].Should().Equal(Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"));
        foreach (var piece in tokens[259..].Where(token => token.Length > 1))
        {
            tokens.Should().Contain(piece[..^1]).And.Contain(piece[^1..]);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_and_another_seed_another_one()
    {
        int[] seeds = [1, 1, 2];
        var files = seeds.Select(seed =>
        {
            TinyModel.Write(ModelPath, ModelShape.Tiny, seed);
            return File.ReadAllBytes(ModelPath);
        }).ToArray();

        files[1].AsSpan().SequenceEqual(files[0]).Should().BeTrue();
        files[2].AsSpan().SequenceEqual(files[0]).Should().BeFalse();
        _folder.GetFiles().Should().ContainSingle("nothing but the model is left");
    }

    [Theory]
    [InlineData(100, 8, 8, "Embedding must be a multiple of 2 × Heads = 16, is 100.*")]
    [InlineData(256, 8, 3, "KeyValueHeads must divide Heads = 8, is 3.*")]
    [InlineData(0, 8, 8, "Embedding must be at least 1, is 0.*")]
    [InlineData(256, 0, 8, "Heads must be at least 1, is 0.*")]
    public void A_shape_no_model_can_have_is_refused(int embedding, int heads, int keyValueHeads, string problem)
    {
        var write = () => TinyModel.Write(ModelPath, new ModelShape { Embedding = embedding, Heads = heads, KeyValueHeads = keyValueHeads });

        write.Should().Throw<ArgumentException>().WithMessage(problem);
        _folder.GetFiles().Should().BeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
