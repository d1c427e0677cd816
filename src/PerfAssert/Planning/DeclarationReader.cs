using System.Reflection;

namespace PerfAssert.Planning;

/// <summary>Reads the attributes of a test.</summary>
internal static class DeclarationReader
{
    private const BindingFlags DeclaredHere =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static TestDeclaration Read(Type testClass, MethodInfo method, string arguments)
    {
        var places = PlacesOf(testClass, method).ToList();
        var load = places
            .Select(place => (Attribute: Get<LoadAttribute>(place.Member).SingleOrDefault(), place.Name))
            .LastOrDefault(found => found.Attribute is not null);
        return new TestDeclaration(
            $"{testClass.ToString().Replace('+', '.')}.{method.Name}",
            arguments,
            load.Attribute is null ? null : new DeclaredLoad(load.Attribute, "[Load] on " + load.Name),
            [.. places.SelectMany((place, index) =>
                Get<BudgetAttribute>(place.Member).SelectMany(ExpressionsOf).Select(text => new DeclaredBudget(text, "[Budget] on " + place.Name, index)))]);
    }

    /// <summary>Where attributes may stand, from the furthest to the nearest.</summary>
    private static IEnumerable<(ICustomAttributeProvider Member, string Name)> PlacesOf(Type testClass, MethodInfo method)
    {
        var classes = new List<Type>();
        for (var type = testClass; type is not null && type != typeof(object); type = type.BaseType)
        {
            classes.Insert(0, type);
        }

        yield return (testClass.Assembly, "assembly " + testClass.Assembly.GetName().Name);
        foreach (var type in classes)
        {
            yield return (type, "class " + NameOf(type, classes));
        }

        foreach (var declared in classes.SelectMany(type => DeclarationsOf(method, type)))
        {
            yield return (declared, "method " + (declared.DeclaringType == testClass ? "" : NameOf(declared.DeclaringType!, classes) + ".") + declared.Name);
        }
    }

    /// <summary>The simple name, or the full one where a base class has the same.</summary>
    private static string NameOf(Type type, List<Type> classes) =>
        classes.Count(other => other.Name == type.Name) == 1 ? type.Name : type.ToString().Replace('+', '.');

    /// <summary>The method itself and what it overrides.</summary>
    private static IEnumerable<MethodInfo> DeclarationsOf(MethodInfo method, Type type)
    {
        // Not by equality: seen from a derived class an inherited method is another object.
        var root = Definition(method).GetBaseDefinition();
        return type.GetMethods(DeclaredHere).Where(candidate => candidate.GetBaseDefinition().HasSameMetadataDefinitionAs(root));
    }

    private static MethodInfo Definition(MethodInfo method) => method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;

    private static IEnumerable<T> Get<T>(ICustomAttributeProvider member) => member.GetCustomAttributes(typeof(T), inherit: false).Cast<T>();

    /// <summary>An attribute without an expression counts as an empty one: it is an error, not nothing.</summary>
    private static IEnumerable<string> ExpressionsOf(BudgetAttribute attribute) =>
        attribute.Expressions is { Count: > 0 } expressions ? expressions : [""];
}
