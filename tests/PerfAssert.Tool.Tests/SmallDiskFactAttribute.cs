using Xunit;

namespace PerfAssert.Tool.Tests;

/// <summary>A test that needs a <see cref="SmallDisk"/>: skipped where none can be mounted.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool IsPossible = SmallDisk.IsPossible();

    public SmallDiskFactAttribute()
    {
        if (!IsPossible)
        {
            Skip = "Mounting a file system takes Linux and root.";
        }
    }
}
