using Marten;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace AlignmentMesh.MatrixAggregation.Service;

/// <summary>The flat tables beside Marten's own, written in the transaction that appends to <c>matrix/{study}</c>.</summary>
internal static class MatrixSchema
{
    public const string Name = "matrix";

    /// <summary>Key of the event stream with a study's versions.</summary>
    public static string StreamOf(string study) => "matrix/" + study;

    public static void AddTables(StoreOptions options) =>
        options.Storage.ExtendedSchemaObjects.AddRange([FoldedEntries(), RecordedVersions(), Heads(), Relayed()]);

    /// <summary>
    /// What was folded. Its keys are the fence between processes: of two that fold the same entry one fails as a whole.
    /// Text, not jsonb: the bytes are what was hashed. Salt and envelope are null while a blind round is open.
    /// </summary>
    private static Table FoldedEntries()
    {
        var table = New("folded_entry");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("idx").AsPrimaryKey();
        table.AddColumn<Guid>("event_id").NotNull();
        table.AddColumn("sequenced_at", "timestamptz").NotNull();
        table.AddColumn<string>("leaf").NotNull();
        table.AddColumn("salt", "bytea");
        table.AddColumn<string>("envelope");
        table.AddColumn<string>("traceparent");
        table.Indexes.Add(new IndexDefinition("folded_entry_event_id") { Columns = ["event_id"], IsUnique = true });
        table.Indexes.Add(new IndexDefinition("folded_entry_sequenced_at") { Columns = ["study", "sequenced_at", "idx"] });
        return table;
    }

    /// <summary>Where in the stream a version is, and where the full snapshot before it.</summary>
    private static Table RecordedVersions()
    {
        var table = New("recorded_version");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("version").AsPrimaryKey();
        table.AddColumn<long>("position").NotNull();
        table.AddColumn<long>("snapshot_position").NotNull();
        table.AddColumn<string>("as_of").NotNull();
        table.AddColumn<string>("root").NotNull();
        table.AddColumn<string>("digest").NotNull();
        table.AddColumn<int>("changed_cells").NotNull();
        return table;
    }

    private static Table Heads()
    {
        var table = New("head");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("version").NotNull();
        table.AddColumn<string>("digest").NotNull();
        return table;
    }

    /// <summary>The newest version of each study that the broker has confirmed.</summary>
    private static Table Relayed()
    {
        var table = New("relayed");
        table.AddColumn<string>("study").AsPrimaryKey();
        table.AddColumn<long>("version").NotNull();
        return table;
    }

    private static Table New(string name) => new(new PostgresqlObjectName(Name, name, SchemaUtils.IdentifierUsage.General));
}
