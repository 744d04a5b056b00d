using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignmentMesh.Contracts;

namespace AlignmentMesh.ServiceDefaults.Operations;

/// <summary>
/// What an operator may see of a message that failed: ids, sizes, the fault. Its body may hold ratings and stays where it is;
/// of a fault's own words, quoted text and decimals are left out, since an exception may quote what it could not read.
/// </summary>
internal static partial class DeadLetterReading
{
    private const string Replays = "mesh-replays";
    private const string Fault = "MT-Fault-";
    private const string Reason = "MT-Reason";
    private const string DeliveryCount = "x-delivery-count";
    private const int LongestText = 500;
    private const int LongestId = 64;
    private const int HashDigits = 24;

    public static string IdOf(HeldMessage message) => message.Properties.MessageId is { Length: > 0 and <= LongestId } id
        ? id
        : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(message.Body))[..HashDigits];

    public static DeadLetter Describe(HeldMessage message, string queue, bool withHeaders)
    {
        var headers = TextsOf(message);
        var (type, study, from, size) = Content(message.Body);
        return new DeadLetter(
            IdOf(message), queue, type, headers.GetValueOrDefault(Fault + "ExceptionType") ?? headers.GetValueOrDefault(Reason),
            headers.GetValueOrDefault(Fault + "Timestamp"), study, from, size, message.Body.Length,
            NumberOf(headers, DeliveryCount) + NumberOf(headers, "MT-Redelivery-Count"), NumberOf(headers, Replays),
            withHeaders ? headers : null);
    }

    /// <summary>As it was first sent, with the count of its replays: the fault belongs to the attempt that failed.</summary>
    public static Dictionary<string, object?> HeadersForReplay(HeldMessage message)
    {
        var headers = (message.Properties.Headers ?? new Dictionary<string, object?>())
            .Where(header => !header.Key.StartsWith(Fault, StringComparison.Ordinal) && header.Key is not (Reason or DeliveryCount))
            .ToDictionary(header => header.Key, header => header.Value);
        headers[Replays] = NumberOf(TextsOf(message), Replays) + 1;
        return headers;
    }

    /// <summary>Text without what it quotes and without decimals.</summary>
    internal static string Redact(string text) => Quoted().Replace(text[..Math.Min(text.Length, LongestText)], "…");

    private static Dictionary<string, string> TextsOf(HeldMessage message) =>
        (message.Properties.Headers ?? new Dictionary<string, object?>())
            .Where(header => header.Value is not null)
            .ToDictionary(header => header.Key, header => Safe(header.Key, TextOf(header.Value!)));

    private static string Safe(string name, string text) =>
        name is Fault + "Message" or Fault + "StackTrace" ? Redact(text) : text[..Math.Min(text.Length, LongestText)];

    private static string TextOf(object value) =>
        value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static long NumberOf(Dictionary<string, string> headers, string name) =>
        long.TryParse(headers.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The ids and sizes of a ledger page or a matrix version, where the body is one.</summary>
    private static (string? Type, string? Study, long? From, long? Size) Content(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var type = Member(root, "messageType") is { ValueKind: JsonValueKind.Array } types && types.GetArrayLength() > 0
                ? Text(types[0])?.Split(':')[^1]
                : null;
            var message = Member(root, "message");
            var page = Member(message, "page") ?? message;
            return (type, Text(Member(page, "study")), Number(Member(page, "from")),
                Number(Member(Member(page, "head"), "size")) ?? Number(Member(page, "version")));
        }
        catch (JsonException)
        {
            // That it cannot be read may be why it is here.
            return (null, null, null, null);
        }
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var member) ? member : null;

    // An id is short: whoever forged the message chose what stands where an id belongs.
    private static string? Text(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } known && known.GetString() is { Length: <= LongestText } text && Id().IsMatch(text)
            ? text
            : null;

    private static long? Number(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } known && known.TryGetInt64(out var number) ? number : null;

    [GeneratedRegex("""'[^']*'?|"[^"]*"?|\d*\.\d+""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[A-Za-z0-9:._-]{1,160}\z")]
    private static partial Regex Id();
}
