using PerfAssert.Payloads.Seeds;

namespace PerfAssert.Payloads.Images;

/// <summary>
/// A synthetic picture of red, green and blue bytes: soft patches of colour and a little noise, so that it compresses about like a
/// photograph. Whole numbers alone: the same on every machine.
/// </summary>
internal static class Picture
{
    private const int Channels = 3;
    private const int Patch = 32;
    private const int Noise = 16;

    public static byte[] Draw(int width, int height, SeededRandom random)
    {
        var (columns, rows) = ((width / Patch) + 2, (height / Patch) + 2);
        var corners = new byte[columns * rows * Channels];
        for (var i = 0; i < corners.Length; i++)
        {
            corners[i] = (byte)(random.Next() >> 56);
        }

        var pixels = new byte[checked(width * height * Channels)];
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var noise = random.Next();
                for (var channel = 0; channel < Channels; channel++, noise >>= 8)
                {
                    var corner = ((y / Patch * columns) + (x / Patch)) * Channels + channel;
                    var top = Between(corners[corner], corners[corner + Channels], x % Patch);
                    var bottom = Between(corners[corner + (columns * Channels)], corners[corner + ((columns + 1) * Channels)], x % Patch);
                    var value = Between(top, bottom, y % Patch) + (int)(noise & (Noise - 1)) - (Noise / 2);
                    pixels[at++] = (byte)Math.Clamp(value, 0, 255);
                }
            }
        }

        return pixels;
    }

    private static int Between(int from, int to, int step) => ((from * (Patch - step)) + (to * step)) / Patch;
}
