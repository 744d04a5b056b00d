using AlignmentMesh.Contracts;
using AlignmentMesh.ServiceDefaults;
using MassTransit;

namespace AlignmentMesh.MatrixAggregation.Service.FoldingLedger;

/// <summary>
/// Hands the page to the fold loop and waits for it. A page that fails verification is reported and acknowledged: trying
/// again cannot help, a flood of forged pages must neither hold up good ones nor fill an error queue, and whatever it
/// claimed to bring comes through the feed.
/// </summary>
internal sealed class LedgerExtendedConsumer(
    WaitingPages pages, PageKey key, FoldReport report, ConsumerWatchdog watchdog)
    : IConsumer<LedgerExtended>
{
    public async Task Consume(ConsumeContext<LedgerExtended> context)
    {
        report.MessageReceived();
        watchdog.Heard();
        try
        {
            PageCheck.RequireShape(context.Message.Page);
            key.RequireSignature(context.Message.Page.Head);
        }
        catch (PageRefusedException refused)
        {
            report.Refused(PageSource.Message, context.Message.Page, refused);
            return;
        }

        await pages.FoldAsync(context.Message.Page, context.CancellationToken);
    }
}
