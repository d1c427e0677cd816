using System.Globalization;
using System.Text;

namespace Scripted.Serving;

/// <summary>The answers, ready to be sent.</summary>
internal static class Answers
{
    private static readonly byte[] Open = Text("200 OK", "", "ok");
    private static readonly byte[] OpenOnRequest = Text("200 OK", "Connection: keep-alive\r\n", "ok");
    private static readonly byte[] Close = Text("200 OK", "Connection: close\r\n", "ok");

    public static byte[] For(Persistence persistence) => persistence switch
    {
        Persistence.Open => Open,
        Persistence.OpenOnRequest => OpenOnRequest,
        _ => Close,
    };

    public static byte[] Text(string status, string headers, string body) =>
        [.. Head(status, headers + "Content-Type: text/plain\r\n", body.Length), .. Encoding.ASCII.GetBytes(body)];

    public static byte[] Json(string body) =>
        [.. Head("200 OK", "Content-Type: application/json\r\n", body.Length), .. Encoding.ASCII.GetBytes(body)];

    public static byte[] Head(string status, string headers, long bodyLength) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\nContent-Length: {bodyLength}\r\n{headers}\r\n"));
}
