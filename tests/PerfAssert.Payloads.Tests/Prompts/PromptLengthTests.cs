using System.Text;
using FluentAssertions;
using Microsoft.ML.Tokenizers;
using PerfAssert.Payloads.Prompts;
using Xunit;

namespace PerfAssert.Payloads.Tests.Prompts;

/// <summary>Against real tokenizers, each text is encoded again.</summary>
public sealed class PromptLengthTests
{
    private static readonly Tokenizer Gpt4 = TiktokenTokenizer.CreateForModel("gpt-4");

    private static readonly string WordPieces = string.Join('\n',
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "time", "year", "people", "way",
        .. Enumerable.Range('a', 26).Select(c => $"{(char)c}"), .. Enumerable.Range('a', 26).Select(c => $"##{(char)c}"),
    ]);

    public static TheoryData<string> Tokenizers => ["tiktoken", "WordPiece of ML", "FastBert"];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Each_prompt_has_exactly_the_drawn_tokens(string tokenizer)
    {
        var counter = Counter(tokenizer);
        var prompts = PromptPool.OfLength(counter, TokenLength.Uniform(5, 200), count: 200);

        var lengths = Enumerable.Range(0, prompts.Count).Select(i => counter.Count(prompts[i])).ToList();
        prompts.Set.Tokens.Should().Be(new PerfAssert.Measurements.TokenSummary(lengths.Min(), lengths.Average(), lengths.Max()));
        lengths.Should().OnlyContain(length => length >= 5 && length <= 200);
        lengths.Distinct().Count().Should().BeGreaterThan(80);
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void A_fixed_length_is_that_length(string tokenizer)
    {
        var counter = Counter(tokenizer);
        var prompts = PromptPool.OfLength(counter, TokenLength.Fixed(64), count: 50, seed: 7);

        Enumerable.Range(0, 50).Select(i => counter.Count(prompts[i])).Should().OnlyContain(length => length == 64);
        Enumerable.Range(0, 50).Select(i => prompts[i]).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("")]
    [InlineData("the")]
    [InlineData("The time of the year")]
    [InlineData("people, people! 5 times")]
    public void Counters_of_both_WordPiece_tokenizers_count_alike(string text) =>
        Counter("WordPiece of ML").Count(text).Should().Be(Counter("FastBert").Count(text)).And.BeGreaterThanOrEqualTo(2);

    [Fact]
    public void A_length_no_text_has_is_told_with_how_far_off()
    {
        // [CLS] and [SEP] alone are two tokens: there is no text of one.
        var prompts = PromptPool.OfLength(Counter("FastBert"), TokenLength.Fixed(1), count: 3);

        (prompts.Set.Tokens!.Missed, prompts.Set.Tokens.MissedBy, prompts.Set.Tokens.Max).Should().Be((3, 1, 2));
    }

    [Fact]
    public void A_tokenizer_whose_words_have_two_tokens_misses_odd_lengths_by_one()
    {
        var pairs = TokenCounter.Of("pairs", text => 2 * text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

        PromptPool.OfLength(pairs, TokenLength.Fixed(10), count: 3).Set.Tokens!.Missed.Should().Be(0);
        var odd = PromptPool.OfLength(pairs, TokenLength.Fixed(11), count: 3).Set.Tokens!;
        (odd.Missed, odd.MissedBy).Should().Be((3, 1));
    }

    [Fact]
    public void A_tokenizer_whose_words_do_not_add_up_is_mended()
    {
        // Every third word costs one more, which no word alone shows.
        var uneven = TokenCounter.Of("uneven", text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var words ? words.Length + (words.Length / 3) : 0);

        PromptPool.OfLength(uneven, TokenLength.Fixed(100), count: 5).Set.Tokens.Should().Be(new PerfAssert.Measurements.TokenSummary(100, 100, 100));
    }

    [Fact]
    public void A_tokenizer_whose_words_have_several_tokens_hits_every_length_that_words_add_up_to()
    {
        var letters = TokenCounter.Of("letters", text => text.Length);
        PromptPool.OfLength(letters, TokenLength.Uniform(3, 200), count: 500).Set.Tokens!.Missed.Should().Be(0);

        // 35 is five times 7, with no 10 in it.
        var sevens = TokenCounter.Of("7 or 10", text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Sum(word => word.Length % 2 == 0 ? 10 : 7));
        PromptPool.OfLength(sevens, TokenLength.Fixed(35), count: 20).Set.Tokens!.Missed.Should().Be(0);
        var none = PromptPool.OfLength(sevens, TokenLength.Fixed(23), count: 20).Set.Tokens!;
        (none.Min, none.Max, none.Missed, none.MissedBy).Should().Be((24, 24, 20, 1));
    }

    [Fact]
    public void Prompts_repeat_only_where_there_are_no_more()
    {
        var words = CommonWords.All.Distinct().Count();
        var (some, all) = (Make(words - 50), Make(words + 50));

        Enumerable.Range(0, some.Count).Select(i => some[i]).Should().OnlyHaveUniqueItems();
        (some.Count, some.Set.Count).Should().Be((words - 50, words - 50));
        all.Count.Should().Be(words + 50);
        all.Set.Count.Should().Be(Enumerable.Range(0, all.Count).Select(i => all[i]).Distinct().Count()).And.BeInRange(words - 3, words);
        Make(words + 50).Set.Sha256.Should().Be(all.Set.Sha256);

        static PayloadPool<string> Make(int count) =>
            PromptPool.OfLength(TokenCounter.Of("words", text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length), TokenLength.Fixed(1), count);
    }

    [Fact]
    public void A_length_without_more_prompts_leaves_those_of_other_lengths_distinct()
    {
        // One and two tokens are both the empty text; three are one of some hundred words.
        var counter = TokenCounter.Of("special", text => 2 + text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        var prompts = PromptPool.OfLength(counter, TokenLength.Uniform(1, 6), count: 500);
        var texts = Enumerable.Range(0, prompts.Count).Select(i => prompts[i]).Where(text => text.Length > 0).ToList();

        texts.Should().OnlyHaveUniqueItems();
        prompts.Set.Count.Should().Be(texts.Count + 1);
    }

    [Fact]
    public void The_distributions_have_their_shape()
    {
        Lengths(TokenLength.Normal(100, 20, 1, 1_000)).Average().Should().BeApproximately(100, 3);
        Lengths(TokenLength.Normal(100, 20, 90, 110)).Should().OnlyContain(length => length >= 90 && length <= 110).And.Contain(90).And.Contain(110);
        var skewed = Lengths(TokenLength.LogNormal(50, 0.8, 1, 5_000));
        skewed.Order().ElementAt(skewed.Count / 2).Should().BeInRange(46, 54);
        skewed.Average().Should().BeApproximately(50 * Math.Exp(0.32), 8);
        Lengths(TokenLength.Uniform(3, 5)).GroupBy(length => length).Select(group => group.Count()).Should().HaveCount(3).And.OnlyContain(count => count > 600 && count < 740);
    }

    [Fact]
    public void A_seed_gives_the_same_prompts_and_hash_and_another_seed_others()
    {
        var (one, again, other) = (Make(1), Make(1), Make(2));

        Enumerable.Range(0, one.Count).Should().OnlyContain(i => one[i] == again[i]);
        again.Set.Sha256.Should().Be(one.Set.Sha256);
        other.Set.Sha256.Should().NotBe(one.Set.Sha256);

        static PayloadPool<string> Make(int seed) => PromptPool.OfLength(TokenCounter.Of(Gpt4), TokenLength.Uniform(5, 50), count: 40, seed: seed);
    }

    private static List<int> Lengths(TokenLength length)
    {
        var words = TokenCounter.Of("words", text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        var prompts = PromptPool.OfLength(words, length, count: 2_000);
        return [.. Enumerable.Range(0, prompts.Count).Select(i => words.Count(prompts[i]))];
    }

    private static TokenCounter Counter(string tokenizer)
    {
        switch (tokenizer)
        {
            case "tiktoken":
                return TokenCounter.Of(Gpt4);
            case "WordPiece of ML":
                return TokenCounter.Of(BertTokenizer.Create(new MemoryStream(Encoding.UTF8.GetBytes(WordPieces))));
            default:
                var fast = new FastBertTokenizer.BertTokenizer();
                fast.LoadVocabulary(new StringReader(WordPieces), convertInputToLowercase: true);
                return TokenCounter.Of(fast);
        }
    }
}
