using System.Diagnostics.Metrics;

namespace AlignmentMesh.ServiceDefaults;

/// <summary>Where histograms are cut. The defaults of OpenTelemetry are made for milliseconds.</summary>
public static class Buckets
{
    /// <summary>From a millisecond to a minute, dense where the pipeline's targets are.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    /// <summary>Sizes of batches and pages: powers of two up to the largest page.</summary>
    public static InstrumentAdvice<int> Sizes { get; } = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    };
}
