using AlignmentMesh.Mesh.Cli.Offline;
using AlignmentMesh.Mesh.Cli.Samples;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Tests;

public sealed class OwnRatingsTests
{
    [Fact]
    public void A_file_within_the_papers_catalogue_becomes_the_papers_study_with_ratings_from_the_file()
    {
        var study = Study("technique,failure_mode,verdict\nRLHF,S-TAX,vulnerable\n");
        Assert.Equal("dung-mai-2025", study.Id);
        Assert.Contains("ratings from file.csv", study.Request.Title);
        Assert.Equal(7, study.Request.Catalogue.Techniques.Count);
    }

    [Fact]
    public void A_file_with_other_ids_becomes_a_study_of_its_own_in_the_order_of_the_file()
    {
        var study = Study("technique,failure_mode,best\nRLHF,Z,0.3\n,A,0.1\nB,A,0.2\n");
        Assert.Equal("own-ratings", study.Id);
        Assert.Equal(["RLHF", "B"], study.Request.Catalogue.Techniques.Select(item => item.Id));
        Assert.Equal(["Z", "A"], study.Request.Catalogue.FailureModes.Select(item => item.Id));
    }

    [Fact]
    public void Missing_organisation_and_rater_get_defaults()
    {
        var study = Study("technique,failure_mode,best\nT,M,0.3\n");
        Assert.Equal("own-organisation", study.Steps.OfType<SampleStep.Admit>().Single().Organisation);
        Assert.Contains("\nrater-1,T,M,", study.Steps.OfType<SampleStep.Import>().Single().Csv.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_organisation_is_admitted_and_imports_its_own_rows_and_rounds_open_and_close_in_order()
    {
        var study = Study(
            "organisation,rater,technique,failure_mode,round,best\nb,r1,T,M,7,0.1\na,r2,T,M,3,0.2\nb,r1,T,M,3,0.3\na,r2,T,N,7,0.4\n");
        Assert.Equal(
            [
                "admit a", "admit b", "open", "import a 3", "import b 4", "close 1", "open", "import b 2", "import a 5",
            ],
            study.Steps.Select(step => step switch
            {
                SampleStep.Admit admit => $"admit {admit.Organisation}",
                SampleStep.OpenRound open => open.Mode,
                SampleStep.CloseRound close => $"close {close.Round}",
                SampleStep.Import import => $"import {import.Organisation} {string.Join(' ', import.RowNumbers)}",
                _ => "?",
            }));
    }

    [Fact]
    public void Rows_of_one_round_go_in_the_order_of_their_own_times()
    {
        var study = Study("technique,failure_mode,best,submitted_at\nT,M,0.9,2026-02-01T00:00:00Z\nT,M,0.1,2026-01-01T00:00:00Z\n");
        Assert.Equal([3, 2], study.Steps.OfType<SampleStep.Import>().Single().RowNumbers);
    }

    [Fact]
    public void A_withdrawal_of_what_was_never_rated_is_left_out()
    {
        var study = Study("technique,failure_mode,best,withdrawn\nT,N,,true\nT,M,0.1,\nT,M,,true\n");
        Assert.Equal([3, 4], study.Steps.OfType<SampleStep.Import>().Single().RowNumbers);
    }

    [Fact]
    public void Organisations_that_are_no_ids_get_ids_of_their_own_and_keep_their_names()
    {
        var study = Study("organisation,technique,failure_mode,best\nLab 1,T,M,0.1\nlab_1,T,M,0.2\n");
        var admitted = study.Steps.OfType<SampleStep.Admit>().ToArray();
        Assert.Equal(["Lab 1", "lab_1"], admitted.Select(one => one.Name));
        Assert.Equal(2, admitted.Select(one => one.Organisation).Distinct().Count());
        Assert.All(admitted, one => Assert.Matches("^[a-z0-9-]{1,64}$", one.Organisation));
    }

    [Fact]
    public void An_id_that_intake_would_refuse_is_named_with_its_row()
    {
        var refused = Assert.Throws<CommandException>(() => Study("technique,failure_mode,best\nT,M,0.1\nT,my mode,0.2\n"));
        Assert.Equal(65, refused.ExitCode);
        Assert.Contains("row 3, failure_mode: 'my mode'", refused.Message);
    }

    private static SampleStudy Study(string csv) => OwnRatings.From(RatingsFile.Parse(csv), "file.csv");
}
