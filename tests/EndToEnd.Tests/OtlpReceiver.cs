using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;

namespace AlignmentMesh.EndToEnd.Tests;

/// <summary>A span as a service exported it.</summary>
public sealed record ReceivedSpan(string Service, string Name, string TraceId, string SpanId, string ParentId,
    IReadOnlyList<string> LinkedTraces);

/// <summary>A trace backend: takes OTLP over HTTP, keeps the raw bytes of everything and the spans of traces.</summary>
public sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<byte[]> _bodies = new();

    public OtlpReceiver()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public int Received => _bodies.Count;

    /// <summary>Whether the text stands anywhere in what the services exported.</summary>
    public bool Mentions(string text) => _bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await TakeAsync(context);
            }
            catch (Exception broken) when (broken is HttpListenerException or IOException or ObjectDisposedException)
            {
                // An exporter that was killed, or gave up, in the middle.
            }
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        _bodies.Enqueue(body.ToArray());
        if (context.Request.Url!.AbsolutePath == "/v1/traces") ReadTraces(body.ToArray());
        context.Response.Close();
    }

    // Field numbers of opentelemetry/proto/collector/trace/v1 and trace/v1.
    private void ReadTraces(byte[] request)
    {
        foreach (var resourceSpans in Messages(request, 1))
        {
            var service = Messages(resourceSpans, 1).SelectMany(resource => Messages(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name")
                .SelectMany(attribute => Messages(attribute, 2)).Select(value => Text(value, 1)).FirstOrDefault() ?? "";
            foreach (var span in Messages(resourceSpans, 2).SelectMany(scope => Messages(scope, 2)))
                _spans.Enqueue(new ReceivedSpan(
                    service, Text(span, 5), Hex(span, 1), Hex(span, 2), Hex(span, 4), [.. Messages(span, 13).Select(link => Hex(link,
                        1))]));
        }
    }

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Messages(message, field).FirstOrDefault() ?? []);

    private static IEnumerable<byte[]> Messages(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                yield return input.ReadBytes().ToByteArray();
            else
                input.SkipLastField();
        }
    }
}
