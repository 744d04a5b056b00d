using AlignmentMesh.Contracts;
using static AlignmentMesh.RatingIntake.Domain.RefusalReason;
using static AlignmentMesh.RatingIntake.Domain.Tests.Samples;
using static AlignmentMesh.RatingIntake.Domain.Tests.Spec;

namespace AlignmentMesh.RatingIntake.Domain.Tests;

public class OpeningStudySpecs
{
    private static CatalogueItem Item(string id) => new(id, "name", "definition");

    private static OpenStudy With(params NamedPortfolio[] portfolios) =>
        Open with { Catalogue = SmallCatalogue with { Portfolios = portfolios } };

    private static OpenStudy WithTechniques(params CatalogueItem[] techniques) =>
        Open with { Catalogue = new(techniques, SmallCatalogue.FailureModes, []) };

    [Fact]
    public void A_study_opens_with_its_catalogue_and_its_owner() => Given().When(Open).Then(Opened);

    [Fact]
    public void The_owner_is_not_admitted_by_opening() => Assert.False(Study.Evolve(null, Opened).IsAdmitted("owner"));

    [Fact]
    public void A_label_is_kept() =>
        Given().When(Open with { Label = "synthetic example" }).Then(Opened with { Label = "synthetic example" });

    [Fact]
    public void Opening_the_same_study_again_changes_nothing() => Given(Opened).When(Open).ThenNothing();

    [Fact]
    public void Opening_the_same_study_again_changes_nothing_after_its_catalogue_changed() =>
        Given(Opened, new CatalogueChanged("technique", "RLHF", "Other", "Other.", true, "why")).When(Open).ThenNothing();

    [Fact]
    public void An_id_that_is_taken_by_another_content_is_refused() =>
        Given(Opened).When(Open with { Title = "Another" }).ThenRefused(StudyExists, null, "study", "s");

    [Fact]
    public void An_id_that_is_taken_by_another_owner_is_refused() =>
        Given(Opened).When(Open with { Owner = "thief" }).ThenRefused(StudyExists);

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("é")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123x")]
    public void A_study_id_that_is_no_slug_is_refused(string id) =>
        Given().When(Open with { Study = id }).ThenRefused(IdInvalid, null, "study", id);

    [Fact]
    public void An_owner_that_is_no_slug_is_refused() => Given().When(Open with { Owner = "Acme Inc." }).ThenRefused(IdInvalid);

    [Theory]
    [InlineData("")]
    [InlineData("A B")]
    [InlineData("X\n")]
    [InlineData("012345678901234567890123456789012")]
    public void A_technique_id_of_other_characters_is_refused(string id) =>
        Given().When(WithTechniques(Item("OK"), Item(id))).ThenRefused(IdInvalid, "techniques[1]", "id", id);

    [Theory]
    [InlineData("", TextMissing)]
    [InlineData("  ", TextMissing)]
    [InlineData("a\0b", TextInvalid)]
    public void A_title_without_readable_text_is_refused(string title, RefusalReason reason) =>
        Given().When(Open with { Title = title }).ThenRefused(reason, null, "title", title);

    [Fact]
    public void A_title_with_half_a_surrogate_pair_is_refused() =>
        Given().When(Open with { Title = "a\ud800b" }).ThenRefused(TextInvalid, null, "title", "a\ud800b");

    [Fact]
    public void A_title_of_300_characters_is_taken_and_one_more_is_refused()
    {
        Given().When(Open with { Title = new string('t', 300) }).Then(Opened with { Title = new string('t', 300) });
        Given().When(Open with { Title = new string('t', 301) }).ThenRefused(TextTooLong);
    }

    [Fact]
    public void A_catalogue_without_techniques_is_refused() => Given().When(WithTechniques()).ThenRefused(CatalogueEmpty);

    [Fact]
    public void A_catalogue_without_failure_modes_is_refused() =>
        Given().When(Open with { Catalogue = SmallCatalogue with { FailureModes = [] } })
            .ThenRefused(CatalogueEmpty, null, "failureModes", "[]");

    [Fact]
    public void A_catalogue_of_64_techniques_is_taken_and_one_more_is_refused()
    {
        CatalogueItem[] items = [.. Enumerable.Range(0, 65).Select(i => Item($"T{i}"))];
        Given().When(WithTechniques(items[..64])).Then(Opened with { Catalogue = new(items[..64], SmallCatalogue.FailureModes, []) });
        Given().When(WithTechniques(items)).ThenRefused(CatalogueTooLarge, null, "techniques", "65 items");
    }

    [Fact]
    public void An_id_twice_in_the_catalogue_is_refused() =>
        Given().When(WithTechniques(Item("A"), Item("A"))).ThenRefused(DuplicateId, "techniques[1]", "id", "A");

    [Fact]
    public void The_same_id_for_a_technique_and_a_failure_mode_is_taken() =>
        Given().When(WithTechniques(Item("COLL"))).Then(Opened with { Catalogue = new([Item("COLL")], SmallCatalogue.FailureModes, []) });

    [Fact]
    public void A_portfolio_with_a_technique_outside_the_catalogue_is_refused() =>
        Given().When(With(new NamedPortfolio("P", ["RLHF", "X"])))
            .ThenRefused(PortfolioUnknownTechnique, "portfolios[0]", "techniques", "RLHF, X");

    [Fact]
    public void A_portfolio_without_techniques_is_refused() =>
        Given().When(With(new NamedPortfolio("P", []))).ThenRefused(PortfolioUnknownTechnique);

    [Fact]
    public void A_portfolio_that_names_a_technique_twice_is_refused() =>
        Given().When(With(new NamedPortfolio("P", ["SO", "SO"]))).ThenRefused(DuplicateId);

    [Fact]
    public void Two_portfolios_of_one_name_are_refused() =>
        Given().When(With(new NamedPortfolio("P", ["SO"]), new NamedPortfolio("P", ["RLHF"])))
            .ThenRefused(DuplicateId, "portfolios[1]", "name", "P");

    [Fact]
    public void More_than_64_portfolios_are_refused() =>
        Given().When(With([.. Enumerable.Range(0, 65).Select(i => new NamedPortfolio($"P{i}", ["SO"]))]))
            .ThenRefused(CatalogueTooLarge, null, "portfolios", "65 portfolios");

    [Fact]
    public void A_null_in_a_list_is_refused_like_any_other_wrong_value()
    {
        Given().When(WithTechniques(Item("A"), null!)).ThenRefused(IdInvalid, "techniques[1]", "id", null);
        Given().When(With(null!, new("P", [null!]))).ThenRefused(TextMissing, PortfolioUnknownTechnique);
    }

    [Fact]
    public void Everything_that_is_wrong_is_reported_at_once() =>
        Given().When(Open with { Study = "S", Title = "", Catalogue = new([], [], []) })
            .ThenRefused(IdInvalid, TextMissing, CatalogueEmpty, CatalogueEmpty);

    [Fact]
    public void At_most_100_refusals_are_reported() =>
        Given().When(WithTechniques([.. Enumerable.Range(0, 60).Select(i => new CatalogueItem($"T {i}", "", ""))]))
            .ThenRefused([.. Enumerable.Range(0, 100).Select(i => i % 3 == 0 ? IdInvalid : TextMissing)]);
}
