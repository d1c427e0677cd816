using System.Net.Sockets;
using FluentAssertions;
using PerfAssert.Load;
using PerfAssert.Tests.Planning;
using Xunit;

namespace PerfAssert.Tests.Load;

public sealed class LockFileTests : IDisposable
{
    private const UnixFileMode ReadWriteForAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly TestFolder folder = new();

    private string Lock => folder.File("a.lock");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_holds_it_at_a_time()
    {
        using (LockFile.TryHold(Lock).Should().NotBeNull().And.Subject)
        {
            LockFile.TryHold(Lock).Should().BeNull();
        }

        using var next = LockFile.TryHold(Lock);
        next.Should().NotBeNull();
    }

    [Fact]
    public void Every_user_may_hold_it_whatever_the_umask()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        LockFile.TryHold(Lock)!.Dispose();
        File.GetUnixFileMode(Lock).Should().Be(ReadWriteForAll);

        File.SetUnixFileMode(Lock, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        LockFile.TryHold(Lock)!.Dispose();
        File.GetUnixFileMode(Lock).Should().Be(ReadWriteForAll, "its owner opens an old one to all");
    }

    [Fact]
    public void What_cannot_be_opened_is_an_error_and_not_another_holder()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A socket is there and is no file to open.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Lock));

        FluentActions.Invoking(() => LockFile.TryHold(Lock)).Should().Throw<IOException>()
            .Which.Message.Should().StartWith($"The lock file {Lock}, which keeps performance tests from overlapping, cannot be opened: ");
    }
}
