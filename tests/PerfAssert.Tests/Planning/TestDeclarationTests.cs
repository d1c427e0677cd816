using FluentAssertions;
using PerfAssert.Planning;
using Xunit;

namespace PerfAssert.Tests.Planning;

public sealed class TestDeclarationTests
{
    [Fact]
    public void Attributes_are_read_from_the_furthest_to_the_nearest_place()
    {
        var test = Read<Derived>(nameof(Derived.Overridden));
        test.Load!.Source.Should().Be("[Load] on method Overridden");
        test.Load.Attribute.Expression.Should().Be("3 requests");
        test.Budgets.Should().Equal(
            new("p50 < 1 ms", "[Budget] on class Base", 1),
            new("p90 < 1 ms", "[Budget] on class Base", 1),
            new("p50 < 2 ms", "[Budget] on class Derived", 2),
            new("p50 < 3 ms", "[Budget] on method Base.Overridden", 3),
            new("p50 < 4 ms", "[Budget] on method Overridden", 4));
    }

    [Fact]
    public void An_inherited_method_belongs_to_the_class_that_runs_it()
    {
        var test = Read<Derived>(nameof(Base.Inherited));
        test.TestName.Should().Be("PerfAssert.Tests.Planning.TestDeclarationTests.Derived.Inherited");
        test.Load!.Source.Should().Be("[Load] on class Base");
        test.Budgets.Should().HaveCount(3);
    }

    [Fact]
    public void An_inherited_method_keeps_its_attributes()
    {
        var test = Read<Derived>(nameof(Base.Kept));
        test.Load!.Source.Should().Be("[Load] on method Base.Kept");
        test.Budgets.Should().HaveCount(4).And.EndWith(new DeclaredBudget("p50 < 5 ms", "[Budget] on method Base.Kept", 3));
    }

    [Fact]
    public void A_generic_base_class_is_read_as_well()
    {
        var test = Read<OfNumbers>(nameof(OfNumbers.Test));
        test.Load!.Source.Should().Be("[Load] on method Of`1.Test");
        test.Budgets.Should().Equal(new DeclaredBudget("p50 < 1 ms", "[Budget] on method Of`1.Test", 3));
    }

    [Fact]
    public void Classes_of_the_same_name_are_told_apart()
    {
        var test = Read<V2.ChatTests>(nameof(V2.ChatTests.Send));
        var budgets = Plans.Budgets(Plans.Of(test));

        test.Load!.Source.Should().Be("[Load] on class PerfAssert.Tests.Planning.TestDeclarationTests.V1.ChatTests");
        budgets.Should().Equal(
            "p99 < 100 ms ([Budget] on class PerfAssert.Tests.Planning.TestDeclarationTests.V2.ChatTests)",
            "p50 < 20 ms ([Budget] on method PerfAssert.Tests.Planning.TestDeclarationTests.V1.ChatTests.Send)",
            "errors <= 0 % (default)");
    }

    [Fact]
    public void Two_budgets_of_a_metric_and_kind_on_one_of_two_classes_of_the_same_name_are_an_error() =>
        Plans.Error(Read<V3.ChatTests>(nameof(V2.ChatTests.Send))).Should().EndWith(
            ": [Budget] on class PerfAssert.Tests.Planning.TestDeclarationTests.V3.ChatTests declares both 'p99 < 90 ms' and 'p99 < 80 ms', expected one of them.");

    [Fact]
    public void A_method_that_hides_another_is_not_the_other()
    {
        var test = Read<Hiding>(nameof(Hiding.Kept));
        test.Load!.Source.Should().Be("[Load] on class Base");
        test.Budgets.Should().HaveCount(2).And.OnlyContain(budget => budget.Source == "[Budget] on class Base");
    }

    [Fact]
    public void A_test_without_attributes_declares_nothing()
    {
        var test = Read<Bare>(nameof(Bare.Test));
        test.Load.Should().BeNull();
        test.Budgets.Should().BeEmpty();
        test.FullName.Should().EndWith(".Bare.Test(length: 16)");
    }

    [Fact]
    public void An_attribute_without_an_expression_is_an_error_and_not_nothing()
    {
        var test = Read<Bare>(nameof(Bare.Empty));
        Plans.Error(test).Should().Contain("[Budget] on method Empty: found the end, expected a budget such as 'p99 < 200 ms'");
    }

    [Fact]
    public void A_generic_test_is_read_as_well()
    {
        var method = typeof(Bare).GetMethod(nameof(Bare.Generic))!.MakeGenericMethod(typeof(int));
        TestDeclaration.FromMethod(typeof(Bare), method, "").Budgets.Should().ContainSingle();
    }

    private static TestDeclaration Read<T>(string method) =>
        TestDeclaration.FromMethod(typeof(T), typeof(T).GetMethod(method)!, typeof(T) == typeof(Bare) ? "(length: 16)" : "");

#pragma warning disable CA1822 // Only their attributes are read.
    [Load("1 request")]
    [Budget("p50 < 1 ms", "p90 < 1 ms")]
    private class Base
    {
        [Load("2 requests")]
        [Budget("p50 < 3 ms")]
        public virtual void Overridden()
        {
        }

        public virtual void Inherited()
        {
        }

        [Load("4 requests")]
        [Budget("p50 < 5 ms")]
        public void Kept()
        {
        }
    }

    [Budget("p50 < 2 ms")]
    private sealed class Derived : Base
    {
        [Load("3 requests")]
        [Budget("p50 < 4 ms")]
        public override void Overridden()
        {
        }
    }

    private sealed class Hiding : Base
    {
        public new void Kept()
        {
        }
    }

    private abstract class Of<T>
    {
        [Load("1 request")]
        [Budget("p50 < 1 ms")]
        public void Test()
        {
        }
    }

    private sealed class OfNumbers : Of<int>;
    private static class V1
    {
        [Load("1 request")]
        [Budget("p99 < 200 ms")]
        public class ChatTests
        {
            [Budget("p50 < 20 ms")]
            public virtual void Send()
            {
            }
        }
    }

    private static class V2
    {
        [Budget("p99 < 100 ms")]
        public class ChatTests : V1.ChatTests;
    }

    private static class V3
    {
        [Budget("p99 < 90 ms")]
        [Budget("p99 < 80 ms")]
        public sealed class ChatTests : V2.ChatTests;
    }

#pragma warning restore CA1822

    private abstract class Bare
    {
        public abstract void Test();

        [Budget]
        [Load("1 request")]
        public abstract void Empty();

        [Budget("p50 < 1 ms")]
        public abstract void Generic<T>();
    }
}
