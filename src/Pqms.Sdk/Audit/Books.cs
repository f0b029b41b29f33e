using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>The books that rebuild the ledger, each for one room of it.</summary>
internal sealed class Books
{
    private readonly QuotaBook _quotas;
    private readonly BondBook _bonds;
    private readonly CauseBook _causes;
    private readonly OfficeRules _offices;

    public Books(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
    {
        Lives = new LifeBook(fault);
        Inventory = new InventoryBook(fault);
        Money = new MoneyBook(Lives.Lives, Lives.Pools, Inventory, fault);
        Calendar = new CalendarBook(Lives.Lives, Lives.Pools, fault);
        Prices = new PriceBook(Lives.Lives, Lives.Pools, Calendar.Words, fault);
        Paths = new PathBook(Lives.Lives, Lives.Pools, Registry.Roles, fault);
        Clients = new ClientBook(Lives.Lives, fault);
        Reports = new ReportChain(fault);
        _quotas = new QuotaBook(Lives.Lives, Lives.Pools, Calendar, fault);
        _bonds = new BondBook(Lives.Lives, Lives.Pools, Inventory, fault);
        _causes = new CauseBook(fault);
        ReportRules = new ReportRules(Reports, fault);
        _offices = new OfficeRules(Registry, fault);
    }

    public LifeBook Lives { get; }

    public InventoryBook Inventory { get; }

    public MoneyBook Money { get; }

    public CalendarBook Calendar { get; }

    public PriceBook Prices { get; }

    public PathBook Paths { get; }

    public ClientBook Clients { get; }

    public ReportChain Reports { get; }

    public ReportRules ReportRules { get; }

    public RegistryBook Registry { get; } = new();

    public void Add(TimedEvent timed)
    {
        // Each book closes the transaction before it takes a log of the next one: so before the lives move on.
        Money.Close(timed.Event);
        Calendar.Close(timed.Event);
        Clients.Close(timed.Event);
        Inventory.Close(timed.Event);
        Paths.Close(timed.Event);
        _bonds.Close(timed.Event);
        _causes.Close(timed.Event);
        ReportRules.Close(timed.Event);
        switch (timed.Event)
        {
            case PoolRegistered pool: Lives.Add(pool); break;
            case ReservationEvent e: Lives.Add(e, timed.TimeSeconds); break;
            default: break;
        }

        Inventory.Add(timed.Event, timed.TimeSeconds);
        Money.Add(timed.Event);
        _bonds.Add(timed.Event, timed.TimeSeconds);
        _causes.Add(timed.Event);
        _quotas.Add(timed.Event, timed.TimeSeconds);
        Calendar.Add(timed.Event, timed.TimeSeconds);
        Prices.Add(timed.Event, timed.TimeSeconds);
        Paths.Add(timed.Event, timed.TimeSeconds);
        Clients.Add(timed.Event, timed.TimeSeconds);
        ReportRules.Add(timed.Event, timed.TimeSeconds);
        Reports.Add(timed.Event);
        _offices.Add(timed.Event, timed.TimeSeconds);
        Registry.Add(timed.Event, timed.TimeSeconds);
    }

    public void Finish()
    {
        Money.Finish();
        Calendar.Finish();
        Clients.Finish();
        Inventory.Finish();
        Paths.Finish();
        _bonds.Finish();
        _causes.Finish();
        ReportRules.Finish();
        Reports.Finish();
    }
}
