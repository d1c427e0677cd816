using System.ComponentModel;
using System.Diagnostics;

using Xunit;

namespace TinyGguf.Tests;

/// <summary>A test that needs <c>llama-server</c>, on the PATH or as an image; skipped without, unless PERFASSERT_REQUIRE=docker says it is there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LlamaServerFactAttribute : FactAttribute
{
    public const string Image = "perfassert/llama-server:test";

    private static readonly bool s_isRequired =
        (Environment.GetEnvironmentVariable("PERFASSERT_REQUIRE") ?? "").Split(',').Contains("docker");

    private static readonly Lazy<bool> s_hasImage = new(HasImage);

    public LlamaServerFactAttribute()
    {
        if (!s_isRequired && !IsOnPath("llama-server") && !s_hasImage.Value)
        {
            Skip = $"There is no llama-server on the PATH and no image {Image}: build/images/build.sh llama-server makes it.";
        }
    }

    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool HasImage()
    {
        try
        {
            using var inspect = Process.Start(new ProcessStartInfo("docker", ["image", "inspect", Image])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            inspect.OutputDataReceived += (_, _) => { };
            inspect.BeginOutputReadLine();
            inspect.StandardError.ReadToEnd();
            return inspect.WaitForExit(TimeSpan.FromSeconds(20)) && inspect.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // no docker
        }
    }
}
