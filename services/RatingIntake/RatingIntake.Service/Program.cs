using AlignmentMesh.RatingIntake.Service;
using AlignmentMesh.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("rating-intake");
builder.AddRatingIntake();

var app = builder.Build();
app.MapServiceDefaults();
app.MapRatingIntake();
app.Run();
