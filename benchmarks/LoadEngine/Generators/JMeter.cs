using System.Globalization;

namespace LoadEngine.Generators;

/// <summary>JMeter of Debian: Java, closed loop; a rate is a constant throughput timer.</summary>
internal sealed class JMeter : Generator
{
    private const string Home = "/usr/share/jmeter";

    public override string Name => "JMeter";

    public override string? Missing => File.Exists(Path.Combine(Home, "bin/ApacheJMeter.jar")) && IsOnPath("javac")
        ? null
        : "apt-get install jmeter jmeter-http default-jdk-headless";

    public override bool HasRate => true;

    public override Command CommandFor(Job job)
    {
        var plan = WriteResource(job, "plan.jmx", text => text
            .Replace("@PORT@", job.Url.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@THREADS@", $"{job.Connections}", StringComparison.Ordinal)
            .Replace("@TIMED@", job.Requests is null ? "true" : "false", StringComparison.Ordinal)
            .Replace("@SECONDS@", Number(Math.Ceiling(job.TotalSeconds)), StringComparison.Ordinal)
            .Replace("@LOOPS@", job.Requests is { } requests ? $"{requests / job.Connections}" : "-1", StringComparison.Ordinal)
            .Replace("@TIMER@", job.Rate is { } rate ? Timer(rate) : "", StringComparison.Ordinal));
        return new Command(
            "java",
            [
                $"-Djmeter.home={Home}", "-Djava.awt.headless=true",
                "-cp", $"{Home}/bin/ApacheJMeter.jar:{Home}/lib/*:{Home}/lib/ext/*", WriteResource(job, "JMeterShim.java"),
                "-n", "-t", plan, "-j", job.FileOf("jmeter.log"), "-Jjmeter.save.saveservice.output_format=csv",
                .. job.WantsReport ? ["-l", job.FileOf("requests.csv")] : Array.Empty<string>(),
            ]);
    }

    public override Report Read(Job job, string output) =>
        Report.Of([.. File.ReadLines(job.FileOf("requests.csv")).Where(line => char.IsDigit(line[0])).Select(line => Parse(line.Split(',')[1]) * 1e3)]);

    // In samples a minute, shared by all threads.
    private static string Timer(int rate) => $"""
                <ConstantThroughputTimer guiclass="TestBeanGUI" testclass="ConstantThroughputTimer" testname="rate" enabled="true">
                  <intProp name="calcMode">4</intProp>
                  <doubleProp><name>throughput</name><value>{rate * 60}</value><savedValue>0.0</savedValue></doubleProp>
                </ConstantThroughputTimer>
                <hashTree/>
        """;
}
