using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PerfAssert.Runs;

/// <summary>The name of a run file: sorts by time, says which test, and is no other file's name.</summary>
internal static class RunFileName
{
    private const int SlugLength = 80;

    public static string For(RunFile run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.StartedAt.UtcDateTime:yyyyMMdd-HHmmss.fff}-{Slug(run.TestName)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.json");

    /// <summary>A test's name in characters that every file system takes; it never starts or ends with a mark.</summary>
    public static string Slug(string testName)
    {
        var slug = new StringBuilder();
        foreach (var c in testName)
        {
            if (slug.Length == SlugLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(c) || c is '_')
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] is not ('-' or '.'))
            {
                slug.Append(c is '.' ? '.' : '-');
            }
        }

        var text = slug.ToString().TrimEnd('-', '.');
        return text.Length == 0 ? "test" : text;
    }
}
