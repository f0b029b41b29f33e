using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;

namespace Pqms.Cli.Commands;

/// <summary>The part of <c>pqms oracle</c> that says whose signatures count.</summary>
internal static class SignerCommands
{
    /// <summary>Most signers of the hub.</summary>
    private const byte MostSigners = 32;

    private static readonly Option<Address[]> Signers = new("--signer")
    {
        Description = "whose signature counts; may come again, up to 32 times",
        HelpName = "0x...",
        Required = true,
        CustomParser = result => MeshInputs.ParseAll<Address>(
            result, text => Address.TryParse(text, out var address) ? address : null, "is no address",
            "0x and 40 hexadecimal digits, in one case or with its checksum"),
    };

    private static readonly Option<byte> Threshold = Inputs.Number(
        "--threshold", "signatures that a report needs, up to the number of signers", (byte)1, MostSigners, (byte)1);

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make(
            "signers", "show whose signatures count, and the announced rotation", "oracle signers --json", [],
            ShowAsync),
        host.Make(
            "schedule", "announce new signers; they count once the delay is over and the rotation is executed; the "
            + "admin only",
            "oracle schedule --signer 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 --threshold 1 --account admin",
            [Signers, Threshold], ScheduleAsync),
        host.Make(
            "unschedule", "withdraw the announced rotation; the admin only", "oracle unschedule --account admin", [],
            UnscheduleAsync),
        host.Make(
            "rotate", "execute the announced rotation once its time has come; open to anyone", "oracle rotate", [],
            RotateAsync),
    ];

    private static async Task<int> ShowAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var signers = await access.ReadAsync(access.Hub.Signers(), now.Block);
        var threshold = await access.ReadAsync(access.Hub.Threshold(), now.Block);
        var count = await access.ReadAsync(access.Hub.ConfigCount(), now.Block);
        var delay = await access.ReadAsync(access.Hub.RotationDelaySeconds(), now.Block);
        var next = await access.ReadAsync(access.Hub.Rotation(), now.Block);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                configuration = count,
                threshold,
                signers = signers.Select(signer => signer.ToString()),
                rotationDelaySeconds = delay,
                rotation = next.ExecutableAt == 0 ? null : new
                {
                    threshold = next.Threshold_,
                    signers = next.Signers_.Select(signer => signer.ToString()),
                    executableAtSeconds = next.ExecutableAt,
                },
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Facts(
        [
            ("configuration", $"{count}"),
            ("signers", $"{threshold} of {string.Join(", ", signers)}"),
            ("announced", next.ExecutableAt == 0
                ? $"nothing; a rotation takes {delay} s"
                : $"{next.Threshold_} of {string.Join(", ", next.Signers_)}, from chain time {next.ExecutableAt} on"),
            ("as of", $"block {now.Block}, chain time {now.TimeSeconds}"),
        ]);
        return (int)ExitCode.Ok;
    }

    private static async Task<int> ScheduleAsync(Invocation run)
    {
        var (signers, threshold) = (run.Get(Signers)!, run.Get(Threshold));
        if (signers.Length > MostSigners || signers.Distinct().Count() != signers.Length || threshold > signers.Length)
        {
            throw new RefusedException(
                ExitCode.Usage, $"{signers.Length} signers with threshold {threshold}",
                $"1 to {MostSigners} different signers, and a threshold up to their number",
                "correct --signer and --threshold");
        }

        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Hub.ScheduleRotation([.. signers.Order()], threshold));
    }

    private static async Task<int> UnscheduleAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Hub.CancelRotation());
    }

    private static async Task<int> RotateAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Hub.Rotate());
    }
}
