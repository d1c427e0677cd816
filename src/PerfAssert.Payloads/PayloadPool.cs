using PerfAssert.Measurements;
using PerfAssert.Payloads.Seeds;

namespace PerfAssert.Payloads;

/// <summary>
/// Payloads made before the run. Request <c>k</c> always gets the same one, whatever the concurrency, the round and the variant, and taking it
/// allocates nothing. The first request that takes one puts name and hash into the run file.
/// </summary>
/// <typeparam name="T">A payload: a text, bytes, a tensor, a request.</typeparam>
public sealed class PayloadPool<T>
{
    private readonly T[] items;

    internal PayloadPool(T[] items, PayloadSet set) => (this.items, Set) = (items, set);

    /// <summary>Name, hash, count of distinct payloads and token lengths, as they stand in the run file.</summary>
    public PayloadSet Set { get; }

    /// <summary>Payloads in the pool, those that repeat another included.</summary>
    public int Count => items.Length;

    /// <summary>A payload by its position.</summary>
    /// <param name="index">0 to <see cref="Count"/> − 1.</param>
    public T this[int index] => items[index];

    /// <summary>The payload of a request: that at its <see cref="PerfRequest.Index"/>, over and over.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The payload, shared with other requests: do not change it.</returns>
    public T Next(PerfRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.UsePayload(Set);
        return items[request.Index % items.Length];
    }

    /// <summary>Makes something of each payload, once: <c>prompts.Select(prompt => new ChatRequest(prompt) { OutputTokens = 64 })</c>.</summary>
    /// <typeparam name="TResult">What is made.</typeparam>
    /// <param name="make">Makes it.</param>
    /// <returns>A pool with the same name and hash: the hash is of what the payloads were made from, and does not tell what was made.</returns>
    public PayloadPool<TResult> Select<TResult>(Func<T, TResult> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return new PayloadPool<TResult>(Array.ConvertAll(items, item => make(item)), Set);
    }

    /// <summary>
    /// Makes something of each payload, once, and has the hash tell what:
    /// <c>prompts.Select(prompt => new ChatRequest(prompt) { OutputTokens = 64 }, "64 output tokens")</c>.
    /// </summary>
    /// <typeparam name="TResult">What is made.</typeparam>
    /// <param name="make">Makes it.</param>
    /// <param name="recipe">What it makes, in words of your own: another text is other work. Change it whenever <paramref name="make"/> changes.</param>
    /// <returns>A pool with the same name, and a hash over the payloads and the recipe.</returns>
    public PayloadPool<TResult> Select<TResult>(Func<T, TResult> make, string recipe)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(recipe);
        using var hash = new ContentHash("recipe");
        hash.Add(Set.Sha256);
        hash.Add(recipe);
        return new PayloadPool<TResult>(Select(make).items, new PayloadSet(Set.Name, hash.End(), Set.Count, Set.Tokens));
    }
}
