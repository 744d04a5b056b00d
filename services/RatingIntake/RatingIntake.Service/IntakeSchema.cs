using Marten;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace AlignmentMesh.RatingIntake.Service;

/// <summary>The flat tables beside Marten's own. What is public is in <c>ledger</c>; what can be erased is apart from it.</summary>
internal static class IntakeSchema
{
    public const string Name = "intake";

    public static void AddTables(StoreOptions options) =>
        options.Storage.ExtendedSchemaObjects.AddRange(
            [Ledger(), Heads(), Publication(), Checkpoints(), Answers(), Raters(), Texts(), Erased(), Accesses()]);

    /// <summary>
    /// One row an entry, dense per study. Unique (event_id) beside the key is the fence against two sequencers.
    /// <c>nodes</c> holds the hashes of the complete subtrees that end at the entry (docs/adr/0010).
    /// </summary>
    private static Table Ledger()
    {
        var table = New("ledger");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("idx").AsPrimaryKey();
        table.AddColumn<Guid>("event_id").NotNull();
        table.AddColumn<long>("seq").NotNull();
        table.AddColumn<string>("type").NotNull();
        table.AddColumn<int>("round");
        table.AddColumn<bool>("blind").NotNull();
        table.AddColumn("leaf", "bytea").NotNull();
        table.AddColumn("nodes", "bytea").NotNull();
        table.AddColumn("salt", "bytea").NotNull();
        table.AddColumn("envelope", "bytea").NotNull();
        table.AddColumn<string>("traceparent");
        table.Indexes.Add(new IndexDefinition("ledger_event_id") { Columns = ["event_id"], IsUnique = true });
        table.Indexes.Add(new IndexDefinition("ledger_round") { Columns = ["study", "round", "idx"] });
        return table;
    }

    private static Table Heads()
    {
        var table = New("ledger_head");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("size").NotNull();
        table.AddColumn<string>("sequenced_at").NotNull();
        return table;
    }

    /// <summary>How far each study's ledger was handed to the broker.</summary>
    private static Table Publication()
    {
        var table = New("publication");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("size").NotNull();
        return table;
    }

    /// <summary>Notes of the checkpoint signer, with the cosignatures that came. An epoch begins with each restore.</summary>
    private static Table Checkpoints()
    {
        var table = New("checkpoint");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<int>("epoch").AsPrimaryKey();
        table.AddColumn<long>("size").AsPrimaryKey();
        table.AddColumn<string>("note").NotNull();
        return table;
    }

    /// <summary>What was answered to an Idempotency-Key, stored with what it answered for.</summary>
    private static Table Answers()
    {
        var table = New("answer");
        table.AddColumn<string>("scope").AsPrimaryKey();
        table.AddColumn<string>("key").AsPrimaryKey();
        table.AddColumn("fingerprint", "bytea").NotNull();
        table.AddColumn<string>("body").NotNull();
        table.AddColumn("answered_at", "timestamptz").NotNull();
        table.Indexes.Add(new IndexDefinition("answer_answered_at") { Columns = ["answered_at"] });
        return table;
    }

    /// <summary>Who a pseudonym is. Erasable; never in the ledger.</summary>
    private static Table Raters()
    {
        var table = New("rater");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<string>("organisation").AsPrimaryKey();
        table.AddColumn<string>("issuer").AsPrimaryKey();
        table.AddColumn<string>("subject").AsPrimaryKey();
        table.AddColumn<string>("rater").NotNull();
        table.AddColumn<string>("kind").NotNull();
        table.Indexes.Add(new IndexDefinition("rater_rater") { Columns = ["study", "organisation", "rater"], IsUnique = true });
        return table;
    }

    /// <summary>Rationales and evidence titles with their salts. Erasable; the ledger has only their hashes.</summary>
    private static Table Texts()
    {
        var table = New("free_text");
        table.AddColumn<Guid>("event_id").AsPrimaryKey();
        table.AddColumn<string>("hash").AsPrimaryKey();
        table.AddColumn("salt", "bytea").NotNull();
        table.AddColumn<string>("body").NotNull();
        table.Indexes.Add(new IndexDefinition("free_text_hash") { Columns = ["hash"] });
        return table;
    }

    /// <summary>Hashes of texts that were erased, with the event that says why.</summary>
    private static Table Erased()
    {
        var table = New("erased_text");
        table.AddColumn<string>("hash").AsPrimaryKey();
        table.AddColumn<Guid>("event_id").NotNull();
        return table;
    }

    /// <summary>
    /// Grants to read what is not released, and every read under them: rows are added, never changed. Numbers are dense per study,
    /// so that a row that was taken away leaves a gap.
    /// </summary>
    private static Table Accesses()
    {
        var table = New("audit_access");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("number").AsPrimaryKey();
        table.AddColumn<string>("action").NotNull();
        table.AddColumn<string>("body").NotNull();
        table.Indexes.Add(new IndexDefinition("audit_access_action") { Columns = ["study", "action"] });
        return table;
    }

    private static Table New(string name) => new(new PostgresqlObjectName(Name, name, SchemaUtils.IdentifierUsage.General));
}
