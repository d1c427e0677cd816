using PerfAssert.Measurements;

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

    /// <summary>Name, hash, count and token lengths, as they stand in the run file.</summary>
    public PayloadSet Set { get; }

    /// <summary>Payloads in the pool.</summary>
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
    /// <returns>A pool with the same name and hash: the hash is of what the payloads were made from.</returns>
    public PayloadPool<TResult> Select<TResult>(Func<T, TResult> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return new PayloadPool<TResult>(Array.ConvertAll(items, item => make(item)), Set);
    }
}
