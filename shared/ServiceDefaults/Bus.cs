using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>
/// The bus that publishes, apart from the one that consumes: publishing on a consumer's connection can hang its endpoint
/// for good when the broker dies (docs/adr/0002).
/// </summary>
public interface IPublishingBus : IBus;

/// <summary>The one bus policy: quorum queues, a bounded retry, one retry rule for conflicts.</summary>
public static class Bus
{
    private const int Attempts = 5;

    /// <summary>Longest wait for a broker's confirm; while the broker is down publishing blocks instead of failing.</summary>
    public static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(5);

    public static void AddPublishingBus(this WebApplicationBuilder builder) =>
        builder.Services.AddMassTransit<IPublishingBus>(bus =>
        {
            bus.ConfigureHealthCheckOptions(health => health.Tags.Clear());
            bus.UsingRabbitMq((_, rabbit) => rabbit.Host(Broker(builder.Configuration)));
        });

    /// <summary>
    /// One quorum queue with one active consumer: a study's entries are folded in one place,
    /// whichever process is active.
    /// </summary>
    public static void AddConsumingBus<TConsumer>(this WebApplicationBuilder builder, string queue)
        where TConsumer : class, IConsumer
    {
        builder.Services.AddSingleton(new Watched(queue)).AddSingleton<ConsumerWatchdog>();
        builder.Services.AddSingleton<BrokerManagement>().AddSingleton<QueueProbe>().AddSingleton<QueueMetrics>();
        builder.Services.AddHostedService<QueueWatch>();
        builder.Services.AddHealthChecks().AddCheck<ConsumerWatchdog>("consumer", tags: [Health.Readiness]);
        builder.Services.AddMassTransit(bus =>
        {
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Tags.Clear();
                health.Tags.Add(Health.Readiness);
            });
            bus.AddConsumer<TConsumer>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(Broker(builder.Configuration));
                rabbit.ReceiveEndpoint(queue, endpoint =>
                {
                    endpoint.SetQuorumQueue();
                    endpoint.SingleActiveConsumer = true;
                    endpoint.PrefetchCount = 64;
                    endpoint.ConcurrentMessageLimit = 16;
                    endpoint.UseMessageRetry(retry => retry.Exponential(
                        Attempts, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50)));
                    endpoint.ConfigureConsumer<TConsumer>(context);
                });
            });
        });
    }

    internal static Uri Broker(IConfiguration configuration) =>
        new(configuration.GetConnectionString("RabbitMq")
            ?? throw new InvalidOperationException("Set ConnectionStrings:RabbitMq, e.g. amqp://user:password@host:5672/."));
}
