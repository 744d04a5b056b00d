using AlignmentMesh.Contracts;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.OpenTelemetry;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Weasel.Core;

namespace AlignmentMesh.EventStore;

/// <summary>Marten as every service uses it. All processes of one service share one schema and so must share these options.</summary>
public static class EventStoreSetup
{
    /// <summary>
    /// An in-flight or rolled-back append may hold the daemon back this long before its sequence number is given up;
    /// appends are given up sooner (<see cref="CommandTimeoutSeconds"/>).
    /// </summary>
    private static readonly TimeSpan StaleSequence = TimeSpan.FromSeconds(10);

    private const int CommandTimeoutSeconds = 5;
    private const int ConnectTimeoutSeconds = 5;
    private const int KeepAliveSeconds = 10;
    private const int PreparedStatements = 100;

    /// <summary>Adds the store and its data source; creates what is missing in the database at start.</summary>
    /// <param name="connectionString">The service's own database.</param>
    /// <param name="schema">Schema of events, documents and flat tables alike.</param>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddEventStore(
        this IServiceCollection services, string connectionString, string schema, Action<IServiceProvider, StoreOptions> configure)
    {
        services.AddSingleton(_ => NpgsqlDataSource.Create(WithLimits(connectionString)));
        return services
            .AddMarten(provider =>
            {
                var options = new StoreOptions();
                options.Connection(provider.GetRequiredService<NpgsqlDataSource>());
                options.DatabaseSchemaName = schema;
                options.Events.DatabaseSchemaName = schema;
                Configure(options);
                options.Storage.ExtendedSchemaObjects.Add(OperationLogTable.In(schema));
                configure(provider, options);
                return options;
            })
            .UseLightweightSessions()
            .ApplyAllDatabaseChangesOnStartup();
    }

    private static void Configure(StoreOptions options)
    {
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.MetadataConfig.HeadersEnabled = true;
        options.Events.MetadataConfig.CorrelationIdEnabled = true;
        options.Events.MetadataConfig.CausationIdEnabled = true;
        // Both are needed: without them HotCold never gets its lock and the daemon never starts (docs/adr/0006).
        options.Events.UseMonitoredAdvisoryLock = true;
        options.Events.UseAdvisoryLockTransaction = true;
        SkipNothing(options.Projections.Errors);
        SkipNothing(options.Projections.RebuildErrors);
        options.Projections.StaleSequenceThreshold = StaleSequence;
        options.Projections.LeadershipPollingTime = 1000;
        options.OpenTelemetry.TrackConnections = TrackLevel.Normal;
        options.OpenTelemetry.TrackEventCounters();
        options.UseSystemTextJsonForSerialization(
            EnumStorage.AsString, Casing.CamelCase, json => json.Converters.Clear());
        options.DisableNpgsqlLogging = true;
    }

    // A skipped event would be an accepted rating that is nowhere. The daemon stops at it instead, and tries again until it is mended.
    private static void SkipNothing(ErrorHandlingOptions errors)
    {
        errors.SkipApplyErrors = false;
        errors.SkipSerializationErrors = false;
        errors.SkipUnknownEvents = false;
    }

    private static string WithLimits(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        CommandTimeout = CommandTimeoutSeconds,
        // Every statement here is one of few that come again and again. Planned once a connection they cost a fraction, and a
        // connection that goes back to the pool then keeps its plans, Marten's append function's too, instead of discarding all.
        MaxAutoPrepare = PreparedStatements,
        AutoPrepareMinUsages = 2,
        // Nothing here leaves a setting or a temporary table behind, and session locks are given back by name: the seven
        // statements that would undo such things were one for every two entries.
        NoResetOnClose = true,
        // For a connection, new or from the pool.
        Timeout = ConnectTimeoutSeconds,
        // A connection that only listens, or only holds a lock, would never notice that nobody is at its other end.
        KeepAlive = KeepAliveSeconds,
        // A server that only sees its client's death at the next write keeps a dead leader's lock for minutes; one whose client
        // went without a word keeps it for hours, unless it asks.
        Options = "-c client_connection_check_interval=500 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=10000"
            + " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000"
            // A plan that is kept for good is made when its table is almost empty, where reading all of it looks cheapest; the
            // look for repeated requests, the daemon's look for gaps and its pages then cost as much as there were events.
            // With an index wherever there is one they cost the same for ever. What has none is rare, and not worth compiling.
            + " -c enable_seqscan=off -c jit=off",
    }.ConnectionString;

    /// <summary>Registers the ledger events under their stored names.</summary>
    public static void MapLedgerEvents(this StoreOptions options)
    {
        foreach (var (name, type) in LedgerEventNames.Types) options.Events.MapEventType(type, name);
    }
}
