namespace AlignmentMesh.RiskScoring.Domain;

/// <summary>What an answer has no number for, and why: a large model costs its asker numbers, not the answer.</summary>
internal sealed class LeftOut
{
    private readonly List<string> _reasons = [];

    /// <summary>Each as <c>what: why</c>, in the order in which they came up.</summary>
    internal IReadOnlyList<string> Reasons => _reasons;

    internal void Add(string what, string why)
    {
        var reason = $"{what}: {why}";
        if (!_reasons.Contains(reason)) _reasons.Add(reason);
    }

    /// <summary>The numbers, or none where they take too long or do not exist for this model.</summary>
    internal IReadOnlyList<T> Unless<T>(string what, Func<IReadOnlyList<T>> numbers) => Unless(what, numbers, []);

    /// <inheritdoc cref="Unless{T}(string, Func{IReadOnlyList{T}})"/>
    internal T Unless<T>(string what, Func<T> numbers, T instead)
    {
        try
        {
            return numbers();
        }
        catch (RiskInputException tooLarge)
        {
            Add(what, tooLarge.Message);
            return instead;
        }
    }
}
