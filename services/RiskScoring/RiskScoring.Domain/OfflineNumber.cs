using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>
/// A probability in a model file: a number, taken as certain, or an object that says what is known of it: its mean and standard
/// deviation, or the two parameters of a Beta distribution, and who says so.
/// </summary>
/// <param name="Mean">0..1; missing where Beta is given.</param>
/// <param name="Sd">0 or more, at most what a distribution on [0, 1] with this mean can have; missing means 0.</param>
/// <param name="Beta">[a, b], both above 0.</param>
/// <param name="Organisations">Whose ratings it rests on.</param>
/// <param name="Bounds">[low, high] of a number that is open, a question of its own beside the distribution.</param>
[JsonConverter(typeof(Converter))]
public sealed record OfflineNumber(
    double? Mean, double? Sd = null, IReadOnlyList<double>? Beta = null, IReadOnlyList<string>? Organisations = null,
    IReadOnlyList<double>? Bounds = null)
{
    /// <param name="field">Its name in the file.</param>
    /// <exception cref="RiskInputException">It is not as described.</exception>
    internal Vulnerability Moments(string field)
    {
        if (Beta is null == Mean is null)
            throw new RiskInputException(field, Beta is null ? "without a mean" : "a mean and a beta", "a number, or one of mean and beta");
        if (Bounds is { } bounds && !(bounds.Count == 2 && bounds[0] >= 0 && bounds[0] <= bounds[1] && bounds[1] <= 1))
            throw new RiskInputException(field + ".bounds", Text(bounds), "[low, high] with 0 <= low <= high <= 1");
        return Beta is { } beta ? OfBeta(beta, field) : OfMean(Mean!.Value, Sd ?? 0, field);
    }

    private static Vulnerability OfMean(double mean, double sd, string field)
    {
        RiskInputException.ThrowUnlessProbability(mean, field);
        var widest = Math.Sqrt(mean * (1 - mean));
        if (!(sd >= 0 && sd <= widest))
            throw new RiskInputException(
                field + ".sd", RiskInputException.Text(sd),
                $"0 to {RiskInputException.Text(widest)}, the most that this mean leaves room for");
        return new Vulnerability(mean, sd);
    }

    private static Vulnerability OfBeta(IReadOnlyList<double> beta, string field)
    {
        if (!(beta.Count == 2 && beta[0] > 0 && beta[1] > 0 && double.IsFinite(beta[0] + beta[1])))
            throw new RiskInputException(field + ".beta", Text(beta), "[a, b], both above 0");
        var sum = beta[0] + beta[1];
        var mean = beta[0] / sum;
        return new Vulnerability(mean, Math.Sqrt(mean * (beta[1] / sum) / (sum + 1)));
    }

    private static string Text(IReadOnlyList<double> numbers) => $"[{string.Join(", ", numbers.Select(RiskInputException.Text))}]";

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    private sealed record Fields(
        double? Mean, double? Sd, IReadOnlyList<double>? Beta, IReadOnlyList<string>? Organisations, IReadOnlyList<double>? Bounds);

    private sealed class Converter : JsonConverter<OfflineNumber>
    {
        public override OfflineNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number)
                return new OfflineNumber(reader.GetDouble());
            var fields = JsonSerializer.Deserialize<Fields>(ref reader, options)!;
            return new OfflineNumber(fields.Mean, fields.Sd, fields.Beta, fields.Organisations, fields.Bounds);
        }

        public override void Write(Utf8JsonWriter writer, OfflineNumber value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer, new Fields(value.Mean, value.Sd, value.Beta, value.Organisations, value.Bounds), options);
    }
}
