using AlignmentMesh.Portal.Web;
using AlignmentMesh.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(Wiring.Service);
builder.AddPortal();

var app = builder.Build();
app.MapServiceDefaults();
app.MapPortal();
app.Run();
