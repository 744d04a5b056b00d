using Microsoft.AspNetCore.Authorization;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>The named policies of the access table (design, rule 10). Every endpoint requires one of them.</summary>
public static class Access
{
    /// <summary>Anyone, signed in or not: released ratings, matrix, risk, proofs, health.</summary>
    public const string Reader = "reader";

    /// <summary>Rates on behalf of one organisation.</summary>
    public const string Rater = "rater";

    /// <summary>Acts for an organisation: imports for its raters, opens a study for it.</summary>
    public const string OrgAdmin = "org-admin";

    /// <summary>A rater or an org-admin.</summary>
    public const string Contributor = "contributor";

    /// <summary>Runs the rounds of its organisation's studies.</summary>
    public const string RoundManager = "round-manager";

    /// <summary>An org-admin or a round manager: may have personal data erased that the organisation answers for.</summary>
    public const string DataSteward = "data-steward";

    /// <summary>Reads what is not released of a study whose owner let it, for a time.</summary>
    public const string Auditor = "auditor";

    /// <summary>Health, queues, replays of messages; no content.</summary>
    public const string Operator = "operator";

    internal static void AddPolicies(AuthorizationOptions options)
    {
        options.AddPolicy(Reader, policy => policy.RequireAssertion(_ => true));
        options.AddPolicy(Rater, policy => policy.RequireClaim(Claims.Organisation).RequireRole(Rater));
        options.AddPolicy(OrgAdmin, policy => policy.RequireClaim(Claims.Organisation).RequireRole(OrgAdmin));
        options.AddPolicy(Contributor, policy => policy.RequireClaim(Claims.Organisation).RequireRole(Rater, OrgAdmin));
        options.AddPolicy(RoundManager, policy => policy.RequireClaim(Claims.Organisation).RequireRole(RoundManager));
        options.AddPolicy(DataSteward, policy => policy.RequireClaim(Claims.Organisation).RequireRole(OrgAdmin, RoundManager));
        options.AddPolicy(Auditor, policy => policy.RequireRole(Auditor));
        options.AddPolicy(Operator, policy => policy.RequireRole(Operator));
        // An endpoint without a policy is closed, not open.
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
    }
}
