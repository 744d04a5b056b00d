using System.Globalization;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>How much one answer may take: no model, however large, keeps its asker waiting for long.</summary>
internal static class WorkLimit
{
    /// <summary>Multiplications; some seconds of one core.</summary>
    internal const double Most = 1L << 33;

    /// <summary>For one kind of number of a report, which is computed for every version: about a second.</summary>
    internal const double Report = 1L << 31;

    /// <exception cref="RiskInputException">The recursion over all sets of its techniques is more.</exception>
    internal static void ThrowIfMoreThanTable(RiskModel model) => ThrowIfMore(
        model, model.FailureModes.Count * (double)model.Techniques.Count * Math.Pow(2, model.Techniques.Count));

    /// <exception cref="RiskInputException">It is more.</exception>
    internal static void ThrowIfMore(RiskModel model, double multiplications, double most = Most)
    {
        if (multiplications > most)
            throw new RiskInputException(
                "techniques", $"{model.Techniques.Count} long with {model.FailureModes.Count} failure modes",
                string.Create(CultureInfo.InvariantCulture, $"what takes at most {most:E1} multiplications, and not {multiplications:E1}"));
    }
}
