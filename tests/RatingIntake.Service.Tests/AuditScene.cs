using System.Text.Json;
using AlignmentMesh.Contracts;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Tests;
using Npgsql;

namespace AlignmentMesh.RatingIntake.Service.Tests;

/// <summary>A blind round with one rating of 0.4321, its owner's round managers, and an auditor.</summary>
internal sealed class AuditScene(IntakeMesh mesh)
{
    public static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    public static readonly AuditGrant Grant = new(LocalTokens.Issuer, "ines", Now.AddDays(1), "Audit of the first round.");

    public MeshClient Auditor => mesh.As("auditors", "ines", "auditor");

    public MeshClient Manager(string subject) => mesh.As("owner", subject, "round-manager");

    public Task<AuditAccessLog> LogAsync(string study) => Manager("mia").GetAsync<AuditAccessLog>($"studies/{study}/audit-access");

    public async Task<long> GrantedAsync(string study)
    {
        var proposed = await Manager("mia").OkAsync<AuditAccessRecord>($"studies/{study}/audit-grants", Grant);
        return (await ConfirmAsync(study, proposed.Grant)).Grant;
    }

    public Task<AuditAccessRecord> ConfirmAsync(string study, long grant) =>
        Manager("nora").OkAsync<AuditAccessRecord>($"studies/{study}/audit-grants/{grant}:confirm", new { });

    public async Task<string> BlindAsync()
    {
        var study = await mesh.StudyAsync("blind");
        await mesh.As("lab-a", "ann", "rater").OkAsync<RatingsReceipt>(
            $"studies/{study}/ratings", new SubmitRatingsRequest([new("RLHF", "COLL", Best: 0.4321m, Rationale: "0.4321 seems right")]));
        await mesh.As("", "").WaitForSizeAsync(study, 4);
        return study;
    }

    public async Task StoreAsync(string study, AuditAccessRecord record)
    {
        await using var source = await mesh.DatabaseAsync();
        await using var command = source.CreateCommand(
            "insert into intake.audit_access(study, number, action, body) values ($1, $2, $3, $4)");
        foreach (var value in new object[] { study, record.Number, record.Action, JsonSerializer.Serialize(record, ContractJson.Options) })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
