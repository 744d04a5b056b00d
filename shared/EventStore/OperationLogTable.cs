using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace AlignmentMesh.EventStore;

/// <summary>
/// What operators did to a service, one row an action: a table of its own, so that reading it needs no other service and no
/// repair can touch it. <c>ServiceDefaults.Operations.OperationLog</c> writes and reads it.
/// </summary>
internal static class OperationLogTable
{
    public static Table In(string schema)
    {
        var table = new Table(new PostgresqlObjectName(schema, "operation_log", SchemaUtils.IdentifierUsage.General));
        // UUIDs of version 7: their order is that of time.
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn("at", "timestamptz").NotNull();
        table.AddColumn<string>("issuer").NotNull();
        table.AddColumn<string>("subject").NotNull();
        table.AddColumn<string>("action").NotNull();
        table.AddColumn<string>("arguments").NotNull();
        table.AddColumn<bool>("dry_run").NotNull();
        table.AddColumn<string>("outcome").NotNull();
        return table;
    }
}
