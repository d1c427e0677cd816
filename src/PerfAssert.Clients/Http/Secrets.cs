namespace PerfAssert.Clients.Http;

/// <summary>The header values of a client's options and the query values of its address: servers like to repeat them in error messages.</summary>
internal sealed class Secrets
{
    // A shorter value is no secret, and taking it out would garble every text.
    private const int ShortestSecret = 4;

    private readonly string[] values;

    public Secrets(ClientOptions options, string query = "") =>
        values =
        [
            .. options.Headers.Values.Append(options.Authorization ?? string.Empty)
                .SelectMany(value => value.Split(' ').Append(value))
                .Concat(Values(query))
                .Where(value => value.Length >= ShortestSecret && value is not "Bearer" and not "Basic" and not "Token")
                .Distinct()
                .OrderByDescending(value => value.Length),
        ];

    public string Remove(string text) => values.Aggregate(text, (rest, secret) => rest.Replace(secret, "***", StringComparison.Ordinal));

    // Servers repeat them as they came or as they read them.
    private static IEnumerable<string> Values(string query) => query.Split('&')
        .Select(member => member[(member.IndexOf('=') + 1)..])
        .SelectMany(value => new[] { value, Uri.UnescapeDataString(value) });
}
