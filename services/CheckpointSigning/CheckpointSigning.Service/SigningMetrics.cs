using System.Diagnostics.Metrics;
using AlignmentMesh.ServiceDefaults;

namespace AlignmentMesh.CheckpointSigning.Service;

/// <summary>What operators see of the signer.</summary>
internal sealed class SigningMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Prefix + "checkpoint-signing");
    private readonly Counter<long> _signed;
    private volatile IReadOnlyDictionary<string, (bool Refused, long Lag)> _studies = new Dictionary<string, (bool, long)>();

    public SigningMetrics()
    {
        _signed = _meter.CreateCounter<long>("checkpoint.signed", "{checkpoint}", "Checkpoints signed");
        _meter.CreateObservableGauge(
            "checkpoint.refused", () => _studies.Select(study => Measured(study.Value.Refused ? 1 : 0, study.Key)), "{study}",
            "1 while nothing of the study is signed, because the ledger is not the one that was signed before");
        _meter.CreateObservableGauge(
            "checkpoint.lag", () => _studies.Select(study => Measured(study.Value.Lag, study.Key)), "{entry}",
            "Ledger entries behind the newest checkpoint");
    }

    public void Signed() => _signed.Add(1);

    public void At(IReadOnlyDictionary<string, (bool Refused, long Lag)> studies) => _studies = studies;

    public void Dispose() => _meter.Dispose();

    private static Measurement<long> Measured(long value, string study) => new(value, new KeyValuePair<string, object?>("study", study));
}
