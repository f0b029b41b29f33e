namespace Pqms.Node.Keys;

/// <summary>The development chain's accounts by their part; the number is the account's index in Hardhat's
/// mnemonic.</summary>
public enum DevelopmentAccount
{
    /// <summary>Deploys, registers the realm, starts eras.</summary>
    Admin = 0,

    /// <summary>Signs and submits reports.</summary>
    Oracle = 1,

    /// <summary>Is paid for the pools.</summary>
    Provider = 2,

    /// <summary>Reserves and takes.</summary>
    Client = 3,
}
