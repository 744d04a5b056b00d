using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AlignmentMesh.Portal.Web.Figures;

/// <summary>Draws components outside a page, with what draws them on a page.</summary>
internal sealed class Fragments(IServiceProvider services, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly HtmlRenderer _renderer = new(services, loggers);

    public Task<string> DrawAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent => DrawAsync(typeof(T), parameters);

    public Task<string> DrawAsync(Type component, params (string Name, object? Value)[] parameters) =>
        _renderer.Dispatcher.InvokeAsync(async () =>
        {
            var drawn = await _renderer.RenderComponentAsync(
                component, ParameterView.FromDictionary(parameters.ToDictionary(pair => pair.Name, pair => pair.Value)));
            return drawn.ToHtmlString();
        });

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();
}
