using AlignmentMesh.Portal.Web.Reading;
using Microsoft.AspNetCore.Components;

namespace AlignmentMesh.Portal.Web.Layout;

/// <summary>A page that reads all it shows before anything of it is rendered, once.</summary>
public abstract class LoadedPage : ComponentBase
{
    [CascadingParameter] public HttpContext Http { get; set; } = null!;

    protected CancellationToken Token => Http.RequestAborted;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    protected abstract Task LoadAsync();

    /// <summary>Answers with the status of something without which the page is none.</summary>
    protected void SetStatus(Missing missing)
    {
        Http.AnswerWith(missing.Status);
        if (missing.Kind == MissingKind.Unreachable) Http.Response.Headers.RetryAfter = "5";
    }
}

internal static class PageStatus
{
    /// <summary>Sets the status of a page that has a body all the same: set earlier, a 404 would be sent without one.</summary>
    public static void AnswerWith(this HttpContext http, int status) => http.Response.OnStarting(() =>
    {
        // An exception since then has its own.
        if (http.Response.StatusCode == StatusCodes.Status200OK) http.Response.StatusCode = status;
        return Task.CompletedTask;
    });
}
