using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using AlignmentMesh.Contracts;
using AlignmentMesh.Ledger;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.RatingIntake.Service.AnsweringAgain;

/// <summary>
/// The caller's name for one request (draft-ietf-httpapi-idempotency-key-header): the same key and body get the same answer
/// for seven days, another body is refused. Scoped to the caller and the route.
/// </summary>
internal sealed record IdempotencyKey(string Scope, string Key, byte[] Fingerprint)
{
    private const int MaxLength = 128;

    public static IdempotencyKey Of<T>(RequestKey request, Caller caller, T body) =>
        Of(request, caller, CanonicalJson.Serialize(body, ContractJson.Options));

    public static IdempotencyKey Of(RequestKey request, Caller caller, byte[] body) =>
        new($"{caller.Issuer}/{caller.Organisation}/{caller.Subject} {request.Route}", request.Key, SHA256.HashData(body));

    /// <summary>The header of the request; binding fails with a problem when it is missing or unusable.</summary>
    internal sealed record RequestKey(string Key, string Route)
    {
        public static ValueTask<RequestKey> BindAsync(HttpContext http, ParameterInfo parameter)
        {
            var key = http.Request.Headers["Idempotency-Key"].ToString();
            if (key.Length is 0 or > MaxLength || !Ascii.IsValid(key))
                throw new ProblemException(
                    IntakeProblems.KeyMissing,
                    $"Header Idempotency-Key is '{key}'; send 1..{MaxLength} ASCII characters, new for each request.");
            return ValueTask.FromResult(new RequestKey(key, $"{http.Request.Method} {http.Request.Path}"));
        }
    }
}
