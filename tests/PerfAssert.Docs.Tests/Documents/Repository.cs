using System.Reflection;

namespace PerfAssert.Docs.Tests.Documents;

/// <summary>The repository whose documents are held to the truth.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(data => data.Key == "RepositoryRoot").Value!;

    /// <summary>README.md, that of the packages, and everything below docs.</summary>
    public static IReadOnlyList<MarkdownDocument> Documents { get; } =
    [
        .. Directory.EnumerateFiles(PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Prepend(PathOf("README.md")).Prepend(PathOf("build/package-readme.md"))
            .Select(path => new MarkdownDocument(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .OrderBy(document => document.File, StringComparer.Ordinal),
    ];

    public static MarkdownDocument Document(string file) => Documents.Single(document => document.File == file);

    public static string PathOf(string relative) => Path.GetFullPath(relative, Root);

    public static bool Exists(string relative) => File.Exists(PathOf(relative)) || Directory.Exists(PathOf(relative));
}
