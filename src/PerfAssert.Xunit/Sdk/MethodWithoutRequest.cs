using Xunit.Abstractions;

namespace PerfAssert.Xunit.Sdk;

/// <summary>A test method as its display name shows it: without the <see cref="PerfRequest"/>.</summary>
internal sealed class MethodWithoutRequest(IMethodInfo method) : IMethodInfo
{
    public bool IsAbstract => method.IsAbstract;

    public bool IsGenericMethodDefinition => method.IsGenericMethodDefinition;

    public bool IsPublic => method.IsPublic;

    public bool IsStatic => method.IsStatic;

    public string Name => method.Name;

    public ITypeInfo ReturnType => method.ReturnType;

    public ITypeInfo Type => method.Type;

    public IEnumerable<IAttributeInfo> GetCustomAttributes(string assemblyQualifiedAttributeTypeName) =>
        method.GetCustomAttributes(assemblyQualifiedAttributeTypeName);

    public IEnumerable<ITypeInfo> GetGenericArguments() => method.GetGenericArguments();

    public IEnumerable<IParameterInfo> GetParameters() =>
        method.GetParameters().Where(parameter => !DataRow.IsRequest(parameter.ParameterType.Name));

    public IMethodInfo MakeGenericMethod(params ITypeInfo[] typeArguments) => method.MakeGenericMethod(typeArguments);
}
