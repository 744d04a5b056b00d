namespace AlignmentMesh.Portal.Web.Reading;

public enum MissingKind
{
    /// <summary>The service says that there is no such thing.</summary>
    Unknown,

    /// <summary>The service does not take the question as it was asked.</summary>
    Refused,

    /// <summary>The service does not answer, or asks to come back later.</summary>
    Unreachable,
}

/// <summary>Why there is no value, in words for the reader of a page.</summary>
/// <param name="Service">Who was asked, e.g. <c>rating-intake</c>.</param>
/// <param name="Allowed">What the service would take instead, where it says so.</param>
/// <param name="TraceId">To quote when asking for help.</param>
public sealed record Missing(
    string Service, MissingKind Kind, string Title, string Detail, string? Allowed = null, string? TraceId = null)
{
    public int Status => Kind switch
    {
        MissingKind.Unknown => StatusCodes.Status404NotFound,
        MissingKind.Refused => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}

/// <summary>What a service said: a value, or why there is none.</summary>
public sealed record Answer<T>(T? Value, Missing? Missing)
    where T : class
{
    public static implicit operator Answer<T>(T value) => new(value, null);

    public static implicit operator Answer<T>(Missing missing) => new(null, missing);
}
