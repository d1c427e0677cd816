using CsCheck;
using FluentAssertions;
using PerfAssert.Measurements;
using Xunit;

namespace PerfAssert.Tests.Measurements;

public sealed class SecretScrubberTests
{
    private static readonly Gen<string> Secret = Gen.Char["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/="].Array[12, 40]
        .Select(chars => "s3" + new string(chars));

    public static TheoryData<string> Places { get; } =
    [
        "Authorization: Bearer {0}",
        "Authorization: Basic {0}",
        "authorization: {0}",
        "Proxy-Authorization: Digest username=\"me\", response=\"{0}\"",
        "{{ \"Authorization\": \"Custom {0}\" }}",
        "Cookie: a=1; session={0}",
        "the server said Bearer {0}, no more",
        "x-api-key: {0}",
        "X-Api-Key={0}",
        "api-key: {0}",
        "Ocp-Apim-Subscription-Key: {0}",
        "{{\"api_key\":\"{0}\",\"model\":\"x\"}}",
        "\"{{\\\"api_key\\\":\\\"{0}\\\"}}\"",
        "{{'client_secret': '{0}'}}",
        "password={0}",
        "Password = {0};Server=db",
        "pwd:{0}",
        "token={0}",
        "refresh_token => {0}",
        "AccountKey={0};EndpointSuffix=core",
        "GET https://host/v1?deployment={0}",
        "GET https://host/v1?a=1&amp;b={0}#top",
        "https://host/blob?sv=2024&sig={0}&se=1",
        "key sk-{0} is wrong",
        "(sk-proj-{0})",
        "-----BEGIN RSA PRIVATE KEY-----\nabc\n{0}\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n{0}",
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void The_secret_is_never_left(string place) => Secret.Sample(secret =>
    {
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, place, secret);
        var scrubbed = SecretScrubber.Scrub("before " + text + "\nafter");

        // Not even a part of it: every secret starts with s3, and nothing else has that.
        scrubbed.Should().NotContain(secret).And.NotContain("s3").And.StartWith("before ").And.Contain("***");
    });

    [Fact]
    public void The_user_of_an_address_is_never_left() =>
        Gen.Select(Secret, Secret, (user, password) => (user.Replace('/', '1'), password.Replace("/", "@", StringComparison.Ordinal))).Sample((user, password) =>
            SecretScrubber.Scrub($"(http://{user}:{password}@host:80/v2?q)").Should().Be("(http://***@host:80/v2?q)"));

    [Theory]
    [InlineData("clone https://user:hunter2hun…", "clone https://***…")]
    [InlineData("https://user@corp:hunter2@example.org…", "https://***…")]
    [InlineData("GET https://host/v2/models/sentiment/inf…", "GET https://host/v2/models/sentiment/inf…")]
    public void An_address_that_was_cut_may_have_lost_the_sign_that_its_user_ends_with(string text, string scrubbed) =>
        SecretScrubber.Scrub(text).Should().Be(scrubbed);

    [Theory]
    [InlineData("hf_abcdefghijklmnop")]
    [InlineData("nvapi-abcdefghijklmnop")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345")]
    [InlineData("glpat-abcdefghijklmnop")]
    [InlineData("xoxb-1234567890-abcdef")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r")]
    public void A_key_known_by_its_form_is_taken_out_wherever_it_stands(string key) =>
        SecretScrubber.Scrub($"got '{key}' from it").Should().Be("got '***' from it");

    [Theory]
    [InlineData("Response status code does not indicate success: 503 (Service Unavailable).")]
    [InlineData("Connection refused (localhost:8000)")]
    [InlineData("Basic authentication is required")]
    [InlineData("output_tokens=128, input tokens: 16")]
    [InlineData("at ModelPerfTests.SentimentEndpoint.Classify(PerfRequest request) in /src/Sentiment.cs:line 12")]
    [InlineData("risk-based task-oriented disk-bound")]
    [InlineData("http://localhost:8000/v2/models/sentiment/infer")]
    [InlineData("cost = $0.02 & p99 < 200 ms")]
    public void What_is_no_secret_stays(string text) => SecretScrubber.Scrub(text).Should().Be(text);

    [Fact]
    public void Any_text_can_be_scrubbed_and_scrubbing_again_changes_nothing() => Gen.String.Sample(text =>
    {
        var once = SecretScrubber.Scrub(text);
        return SecretScrubber.Scrub(once) == once;
    });

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('\\')]
    [InlineData('=')]
    [InlineData('-')]
    [InlineData('/')]
    [InlineData('?')]
    public void A_long_text_takes_no_long_time(char c)
    {
        Action scrub = () => SecretScrubber.Scrub(new string(c, 64_000));

        scrub.ExecutionTime().Should().BeLessThan(TimeSpan.FromSeconds(5));
    }
}
