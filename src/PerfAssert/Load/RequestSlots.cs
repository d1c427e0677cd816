namespace PerfAssert.Load;

/// <summary>The slots of one pass that were not lost, in use or free. Any thread may call it.</summary>
internal sealed class RequestSlots
{
    private readonly Lock changing = new();
    private readonly HashSet<RequestSlot> slots = [];
    private bool changed;
    private bool variantRead;

    /// <summary>Whether a request is in flight or waits for its start.</summary>
    public bool InUse
    {
        get
        {
            lock (changing)
            {
                return slots.Any(slot => slot.InUse);
            }
        }
    }

    /// <summary>Whether the method asked for <see cref="PerfRequest.Variant"/>.</summary>
    public bool VariantRead
    {
        get
        {
            lock (changing)
            {
                return variantRead || slots.Any(slot => slot.Request.VariantRead);
            }
        }
    }

    public void Add(RequestSlot slot)
    {
        lock (changing)
        {
            changed |= slots.Add(slot);
        }
    }

    public void Remove(RequestSlot slot)
    {
        lock (changing)
        {
            changed |= slots.Remove(slot);
            variantRead |= slot.Request.VariantRead;
        }
    }

    /// <summary>Copies the slots if there are others than when it was last called: looking at thousands of them holds no lock.</summary>
    public void CopyTo(ref RequestSlot[] copy)
    {
        lock (changing)
        {
            copy = changed ? [.. slots] : copy;
            changed = false;
        }
    }
}
