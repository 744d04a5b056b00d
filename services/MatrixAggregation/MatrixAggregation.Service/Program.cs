using AlignmentMesh.MatrixAggregation.Service;
using AlignmentMesh.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(MatrixTracing.Service);
builder.AddMatrixAggregation();

var app = builder.Build();
app.MapServiceDefaults();
app.MapMatrixAggregation();
app.Run();
