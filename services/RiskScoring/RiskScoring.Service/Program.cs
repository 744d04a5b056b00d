using AlignmentMesh.RiskScoring.Service;
using AlignmentMesh.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(Wiring.Service);
builder.AddRiskScoring();

var app = builder.Build();
app.MapServiceDefaults();
app.MapRiskScoring();
app.Run();
