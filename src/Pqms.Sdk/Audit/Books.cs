using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>The books that rebuild the ledger, each for one room of it.</summary>
internal sealed class Books
{
    public Books(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
    {
        Lives = new LifeBook(fault);
        Inventory = new InventoryBook(fault);
        Money = new MoneyBook(Lives.Lives, Lives.Pools, Inventory, fault);
        Calendar = new CalendarBook(Lives.Lives, Lives.Pools, fault);
        Prices = new PriceBook(Lives.Lives, Lives.Pools, Calendar.Words, fault);
        Paths = new PathBook(fault);
        Clients = new ClientBook(Lives.Lives, fault);
        Reports = new ReportChain(fault);
    }

    public LifeBook Lives { get; }

    public InventoryBook Inventory { get; }

    public MoneyBook Money { get; }

    public CalendarBook Calendar { get; }

    public PriceBook Prices { get; }

    public PathBook Paths { get; }

    public ClientBook Clients { get; }

    public ReportChain Reports { get; }

    public RegistryBook Registry { get; } = new();

    public void Add(TimedEvent timed)
    {
        // Each book closes the transaction before it takes a log of the next one: so before the lives move on.
        Money.Close(timed.Event);
        Calendar.Close(timed.Event);
        Clients.Close(timed.Event);
        switch (timed.Event)
        {
            case PoolRegistered pool: Lives.Add(pool); break;
            case ReservationEvent e: Lives.Add(e, timed.TimeSeconds); break;
            default: break;
        }

        Inventory.Add(timed.Event);
        Money.Add(timed.Event);
        Calendar.Add(timed.Event, timed.TimeSeconds);
        Prices.Add(timed.Event, timed.TimeSeconds);
        Paths.Add(timed.Event);
        Clients.Add(timed.Event, timed.TimeSeconds);
        Reports.Add(timed.Event);
        Registry.Add(timed.Event, timed.TimeSeconds);
    }

    public void Finish()
    {
        Money.Finish();
        Calendar.Finish();
        Clients.Finish();
        Reports.Finish();
    }
}
