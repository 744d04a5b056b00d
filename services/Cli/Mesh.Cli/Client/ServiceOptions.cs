using System.CommandLine;
using AlignmentMesh.Deploy.Local.Keys;
using AlignmentMesh.Mesh.Cli.Terminal;

namespace AlignmentMesh.Mesh.Cli.Client;

/// <summary>The options of a command that asks a service: where it is and, when it changes something, who asks.</summary>
internal sealed class ServiceOptions
{
    private static readonly HttpClient Http = new();

    private readonly Shell _shell;
    private readonly Peer _peer;
    private readonly Option<Uri?> _url;
    private readonly Option<string?> _organisation = new("--org")
    {
        Description = "On the mesh of this machine: organisation to act for, instead of a token",
        HelpName = "ORG",
    };

    private readonly Option<string?> _subject = new("--sub")
    {
        Description = "On the mesh of this machine: who acts (default: your user name)",
        HelpName = "ID",
    };

    private readonly Option<string>? _role;
    private readonly bool _anybody;

    /// <param name="role">The role that the command needs, or null when anybody may ask.</param>
    /// <param name="anybody">The role only makes the answer richer: without a token the question is anonymous.</param>
    public ServiceOptions(Command command, Shell shell, Peer peer, string? role = null, bool anybody = false)
    {
        (_shell, _peer, _anybody) = (shell, peer, anybody);
        _url = new Option<Uri?>("--url")
        {
            Description = $"Address of {peer.Name} (also: {peer.Variable}; default: the mesh running on this machine)",
            HelpName = "URL",
            // System.CommandLine does not parse addresses by itself.
            CustomParser = result =>
            {
                if (Address(result.Tokens[0].Value) is { } uri)
                    return uri;
                result.AddError($"--url is '{result.Tokens[0].Value}'; allowed: an address such as http://127.0.0.1:8080");
                return null;
            },
        };
        command.Add(_url);
        if (role is null)
            return;
        _role = new Option<string>("--role")
        {
            Description = "On the mesh of this machine: role to act in",
            HelpName = "ROLE",
            DefaultValueFactory = _ => role,
        };
        command.Add(_organisation);
        command.Add(_role);
        command.Add(_subject);
    }

    /// <exception cref="CommandException">No address is known, or the command needs a token and there is none.</exception>
    public ServiceClient Connect(ParseResult parsed) => new(Http, _peer, AddressFor(parsed), TokenFor(parsed), _shell.Clock);

    private Uri AddressFor(ParseResult parsed)
    {
        if (parsed.GetValue(_url) is { } given)
            return given;
        return AddressOf(_peer, _shell, "--url or ");
    }

    /// <summary>Where the service is, from its variable or the mesh on this machine.</summary>
    /// <exception cref="CommandException">Neither is there.</exception>
    internal static Uri AddressOf(Peer peer, Shell shell, string orOption = "")
    {
        if (shell.Variable(peer.Variable) is { Length: > 0 } text)
            return Address(text) ?? throw new CommandException(
                ExitCode.Configuration, $"{peer.Variable} is '{text}'; allowed: an address such as http://127.0.0.1:8080.");
        return LocalMeshHere.AddressOf(peer, shell) ?? throw new CommandException(
            ExitCode.Unreachable, "No mesh is running on this machine.",
            $"Start one with 'mesh up', or say where {peer.Name} is with {orOption}{peer.Variable}.");
    }

    /// <summary>The token that the user has set, if any.</summary>
    internal static string? GivenToken(Shell shell)
    {
        var token = TokenFile(shell) ?? shell.Variable("MESH_TOKEN");
        return string.IsNullOrWhiteSpace(token) ? null : token.Trim();
    }

    private string? TokenFor(ParseResult parsed)
    {
        if (_role is not null && parsed.GetValue(_organisation) is { Length: > 0 } organisation)
        {
            var subject = parsed.GetValue(_subject) ?? Environment.UserName;
            return LocalMeshHere.Mint(new TokenHolder(organisation, [parsed.GetRequiredValue(_role)], subject), _shell);
        }

        var token = GivenToken(_shell);
        if (token is null && _role is not null && !_anybody)
            throw new CommandException(
                ExitCode.NotPermitted, $"This needs a token with the role {parsed.GetRequiredValue(_role)}.",
                "Set MESH_TOKEN_FILE to a file with a token; on the mesh of this machine name your organisation with --org.");
        return token;
    }

    private static string? TokenFile(Shell shell)
    {
        if (shell.Variable("MESH_TOKEN_FILE") is not { Length: > 0 } file)
            return null;
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.Configuration, $"MESH_TOKEN_FILE is '{file}', which cannot be read: {e.Message}", inner: e);
        }
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? new UriBuilder(uri) { Path = uri.AbsolutePath.TrimEnd('/') + "/" }.Uri
            : null;
}
