using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PerfAssert.Xunit.Sdk;

/// <summary>Tells rows apart whose text is the same because it was cut. The same on every machine, as baselines are found by it.</summary>
internal static class RowHash
{
    private const int Digits = 8;

    // A list that has no end ends here, and one that holds itself.
    private const int MostItems = 100_000;
    private const int Deepest = 8;

    public static string Of(IEnumerable<object?> values)
    {
        var text = new StringBuilder();
        var left = MostItems;
        Append(values, 0);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];

        void Append(object? value, int depth)
        {
            switch (value)
            {
                case IFormattable formattable:
                    Write(formattable.ToString(null, CultureInfo.InvariantCulture));
                    break;
                case IEnumerable list and not string when depth < Deepest:
                    foreach (var item in list)
                    {
                        if (left-- <= 0)
                        {
                            break;
                        }

                        Append(item, depth + 1);
                    }

                    Write("end");
                    break;
                default:
                    Write(value?.ToString() ?? string.Empty);
                    break;
            }
        }

        // With its length, so that two texts are not those of another split.
        void Write(string part) => text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part};");
    }
}
