using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows shares: nobody is bound without consent, and all accepted shares fit into one.</summary>
internal sealed class ShareBook(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    public void Add(ReservationLife life, ReservationEvent e, ulong time)
    {
        switch (e)
        {
            case ShareOffered { Data: var data }:
                life.Note(time, e, $"{data.SharePpm} ppm offered to {data.Member}");
                life.MemberTable[data.Member] = Of(life, data.Member) with { SharePpm = data.SharePpm };
                break;
            case ShareAccepted { Data: var data }:
                life.Note(time, e, $"{data.Member} consents, {data.SharedPpm} ppm are shared");
                Consent(life, e, data.Member, data.SharedPpm);
                break;
            case ShareLeft { Data: var data }:
                life.Note(time, e, $"{data.Member} gives its share back, {data.SharedPpm} ppm are shared");
                var left = Of(life, data.Member);
                Expect(e, data.SharedPpm, life.SharedPpm - (long)left.SharePpm);
                life.MemberTable[data.Member] = left with { SharePpm = 0, Accepted = false };
                life.SharedPpm = data.SharedPpm;
                break;
            default:
                break;
        }
    }

    public void Add(ReservationLife life, TakeRequested take)
    {
        var (taker, told) = (take.Data.Taker, take.Data.MemberTakes);
        if (taker == life.Client)
        {
            if (told != 0)
            {
                fault(AuditRule.Transition, take, take.Id, $"the client's own takes are told as {told} of a member");
            }

            return;
        }

        var member = Of(life, taker);
        if (!member.Accepted || told != member.Takes + take.Data.Count)
        {
            fault(AuditRule.Transition, take, take.Id, $"{taker} has {told} takes after {member.Takes}, or no share");
        }

        life.MemberTable[taker] = member with { Takes = told };
    }

    private void Consent(ReservationLife life, ReservationEvent e, Address member, uint shared)
    {
        var offer = Of(life, member);
        Expect(e, shared, life.SharedPpm + (long)offer.SharePpm);
        if (offer.SharePpm == 0 || offer.Accepted || shared > Ppm.One)
        {
            fault(AuditRule.Transition, e, e.Id, $"{member} accepts {offer.SharePpm} ppm, {shared} in all");
        }

        life.MemberTable[member] = offer with { Accepted = true };
        life.WasShared = true;
        life.SharedPpm = shared;
    }

    private void Expect(ReservationEvent e, uint told, long due)
    {
        if (told != due)
        {
            fault(AuditRule.Transition, e, e.Id, $"{told} ppm are shared, should be {due}");
        }
    }

    private static Member Of(ReservationLife life, Address member) => life.MemberTable.GetValueOrDefault(member);
}
