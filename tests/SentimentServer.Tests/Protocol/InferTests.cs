using FluentAssertions;

using SentimentServer.Tests.Hosting;

using Xunit;

namespace SentimentServer.Tests.Protocol;

public sealed class InferTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Positive = "What a wonderful, friendly place!";
    private const string Negative = "A terrible waste of money.";

    [Theory]
    [InlineData(Positive, "positive")]
    [InlineData(Negative, "negative")]
    public async Task A_clear_sentence_gets_its_label(string text, string label)
    {
        var body = await (await server.Client.InferAsync(text)).ReadJsonAsync();

        body.GetProperty("model_name").GetString().Should().Be("sentiment");
        body.GetProperty("model_version").GetString().Should().Be("1");
        body.TryGetProperty("id", out _).Should().BeFalse();
        var outputs = body.GetProperty("outputs");
        outputs[0].GetRawText().Should().Be($$"""{"name":"label","datatype":"BYTES","shape":[1],"data":["{{label}}"]}""");
        outputs[1].GetRawText().Should().StartWith("""{"name":"score","datatype":"FP32","shape":[1],"data":[0.""");
        outputs[1].GetProperty("data").Floats().Should().OnlyContain(score => score > 0.8f);
    }

    [Fact]
    public async Task A_batch_is_answered_in_its_order_and_as_its_texts_alone()
    {
        var alone = await (await server.Client.InferAsync(Negative)).ReadJsonAsync();
        var batch = await (await server.Client.InferAsync(Positive, Negative, Positive + " " + Positive)).ReadJsonAsync();

        batch.GetProperty("outputs")[0].GetProperty("data").Strings().Should().Equal("positive", "negative", "positive");
        var score = alone.GetProperty("outputs")[1].GetProperty("data")[0].GetSingle();
        batch.GetProperty("outputs")[1].GetProperty("data")[1].GetSingle().Should().BeApproximately(score, 1e-4f);
    }

    [Fact]
    public async Task The_largest_batch_is_answered()
    {
        var body = await (await server.Client.InferAsync([.. Enumerable.Repeat(Positive, 32)])).ReadJsonAsync();

        body.GetProperty("outputs")[1].GetProperty("data").GetArrayLength().Should().Be(32);
    }

    [Theory]
    [InlineData("""[2,1],"data":[["lovely"],["awful"]]""")]
    [InlineData("""[2,1],"data":["lovely","awful"]""")]
    public async Task A_column_of_texts_is_taken_flat_or_nested(string shapeAndData)
    {
        using var response = await server.Client.PostJsonAsync(
            "/v2/models/sentiment/versions/1/infer",
            """{"id":"7","inputs":[{"name":"text","datatype":"BYTES","shape":""" + shapeAndData + """}],"outputs":[{"name":"label"}]}""");

        (await response.Content.ReadAsStringAsync()).Should().Be(
            """{"model_name":"sentiment","model_version":"1","id":"7","outputs":"""
            + """[{"name":"label","datatype":"BYTES","shape":[2],"data":["positive","negative"]}]}""");
    }

    [Theory]
    [InlineData("A naïve café in Zürich, très élégant.", "A naive cafe in Zurich, tres elegant.")]
    [InlineData("A nai\u0308ve CAFE\u0301", "a naive cafe")]
    [InlineData("\uAC01 \u304C", "\u1100\u1161\u11A8 \u304B")]
    public async Task Accents_and_case_make_no_difference_to_the_model(string text, string plain)
    {
        var body = await (await server.Client.InferAsync(text, plain, "A cage in Paris, very ugly.")).ReadJsonAsync();

        var scores = body.GetProperty("outputs")[1].GetProperty("data").Floats();
        scores[0].Should().BeApproximately(scores[1], 1e-5f);
        scores[0].Should().NotBeApproximately(scores[2], 1e-3f);
    }

    [Fact]
    public async Task A_text_beyond_the_model_s_length_and_an_empty_one_are_answered()
    {
        var body = await (await server.Client.InferAsync(string.Concat(Enumerable.Repeat("good ", 2000)), "")).ReadJsonAsync();

        body.GetProperty("outputs")[1].GetProperty("data").Floats().Should().OnlyContain(score => score >= 0.5f && score <= 1);
    }
}
