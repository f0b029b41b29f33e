namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Development accounts by what they do.</summary>
internal static class Cast
{
    public const int Admin = 0;
    public const int Reporter = 1;

    /// <summary>Owns the scenario's pools.</summary>
    public const int Provider = 2;

    /// <summary>Owns dear pools, with a bond that penalties use up.</summary>
    public const int SmallProvider = 6;

    public const int Relayer = 7;

    /// <summary>Takes the admin's office over, and gives it back.</summary>
    public const int OtherAdmin = 8;

    /// <summary>Has nothing and may do nothing.</summary>
    public const int Stranger = 9;

    public static readonly IReadOnlyList<int> Clients = [3, 4, 5];

    public static readonly IReadOnlyList<int> Providers = [Provider, SmallProvider];

    /// <summary>Whose signatures the hub may be told to want.</summary>
    public static readonly IReadOnlyList<int> Signers = [1, 10, 11];

    public static readonly IReadOnlyList<int> All = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
}
