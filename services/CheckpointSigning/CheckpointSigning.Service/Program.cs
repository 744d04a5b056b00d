using AlignmentMesh.CheckpointSigning.Service;
using AlignmentMesh.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("checkpoint-signing");
builder.AddCheckpointSigning();

var app = builder.Build();
app.MapServiceDefaults();
app.MapCheckpointSigning();
app.Run();
