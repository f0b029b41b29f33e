using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pqms.Node.Peers;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Api;

/// <summary>What oracles ask each other. Who asks for signatures proves to be a signer by its own signature.</summary>
internal static class PeerRoutes
{
    /// <summary>Where signatures are asked for.</summary>
    public const string Signatures = "/peers/signatures";

    /// <summary>Largest question: three hashes, a signature and four numbers are under 600 bytes.</summary>
    public const int QuestionBytes = 2 * 1024;

    /// <summary>Whether a request is a question, judged before its body is read.</summary>
    public static bool MayPost(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path == Signatures && request.HasJsonContentType();

    public static void Map(WebApplication application, INodeView view)
    {
        application.MapPost(Signatures, (HttpRequest request) => AnswerAsync(request, view))
            .WithSummary("Asks this oracle to sign a report that the asker has signed; nobody but signers is answered")
            .Accepts<QuestionMessage>("application/json").Produces<AnswerMessage>()
            .Produces<ProblemAnswer>(StatusCodes.Status400BadRequest);
        application.MapGet("/peers/traces/{block}", (ulong block) => view.Trace(block) is { } trace
                ? Results.Json(TraceMessage.Of(trace), HttpPeer.Json)
                : Forgotten(block))
            .WithSummary("The mesh's digest after a block")
            .Produces<TraceMessage>().Produces<ProblemAnswer>(StatusCodes.Status404NotFound);
        application.MapGet("/peers/events/{block}", (ulong block) => view.Events(block) is { } events
                ? Results.Bytes(EventCodec.Encode(events), "application/octet-stream")
                : Forgotten(block))
            .WithSummary("The mesh events of a block, 53 bytes each")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream")
            .Produces<ProblemAnswer>(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, INodeView view)
    {
        try
        {
            var question = await request.ReadFromJsonAsync<QuestionMessage>(
                HttpPeer.Json, request.HttpContext.RequestAborted);
            return question is null
                ? NoQuestion("it is null")
                : Results.Json(
                    AnswerMessage.Of(await view.AnswerAsync(question.Read(), request.HttpContext.RequestAborted)),
                    HttpPeer.Json);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return NoQuestion(error.Message);
        }
    }

    private static IResult NoQuestion(string why) => ApiServer.Problem(
        StatusCodes.Status400BadRequest, $"that is no question: {why}",
        "era, sequence, reportHash, anchorBlock, anchorHash, signature");

    private static IResult Forgotten(ulong block) => ApiServer.Problem(
        StatusCodes.Status404NotFound, $"block {block} is not remembered",
        $"one of the last {3_600} blocks, of an oracle that has peers");
}
