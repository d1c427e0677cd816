using PerfAssert;

namespace ModelPerfTests;

/// <summary>Reproducible texts: the same request of the same seed gets the same words.</summary>
internal static class Texts
{
    private static readonly string[] Words =
        "the film was a quiet wonderful surprise and nobody in our row wanted it to end but the sound was far too loud and we left with a headache"
            .Split(' ');

    public static string Next(PerfRequest request, int words = 12) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[request.Random.Next(Words.Length)]));
}
