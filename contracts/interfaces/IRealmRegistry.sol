// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev Limits that the admin may change, after a delay.
/// - ClientSlots: most slots of a client's open reservations together; 1 to 100,000, at first 10,000.
/// - ClientReservations: most open reservations of a client; 1 to 65,535, at first 1,000.
/// - MinSlotSeconds: least slots * seconds of a request, against dust; 1 to 86,400, at first 60.
enum Parameter {
    ClientSlots,
    ClientReservations,
    MinSlotSeconds
}

/// @title IRealmRegistry
/// @notice Who may do what, what is paused, and where the contracts of this deployment are.
/// @dev The other contracts know their peers as immutable addresses and trust none of the entries of `addressOf`:
/// those are for discovery by clients. Roles: PAUSER 1, UNPAUSER 2, OPERATOR 4, GUARDIAN 8.
/// Pause bits: BOOKINGS 1, REPORTS 2.
interface IRealmRegistry {
    /// @notice Emitted when an entry of the directory changes.
    /// @param id keccak256 of the contract's name, for example keccak256("pqms.Treasury").
    /// @param location The new address.
    /// @param version Number of the change of this entry, counted from 1.
    event AddressSet(bytes32 indexed id, address location, uint32 version);

    /// @notice Emitted when an account's roles change.
    /// @param roles The whole new set, as a bit map.
    event RolesSet(address indexed account, uint256 roles);

    /// @notice Emitted when pause bits change.
    /// @param bits All bits that are set now.
    /// @param by Who changed them.
    event PausedSet(uint256 bits, address indexed by);

    /// @notice Emitted when the admin offers the office to another account; zero withdraws the offer.
    event AdminTransferStarted(address indexed admin, address indexed pendingAdmin);

    /// @notice Emitted when the office changes hands, also at deployment (from zero).
    event AdminTransferred(address indexed previousAdmin, address indexed admin);

    /// @notice Emitted when a parameter's change is announced.
    /// @param applicableAt Chain time from which anyone may apply it; 0 when the announcement is withdrawn.
    event ParameterScheduled(Parameter indexed parameter, uint32 value, uint64 applicableAt);

    /// @notice Emitted with the new value when a parameter changes, also at deployment.
    event ParameterSet(Parameter indexed parameter, uint32 value);

    /// @notice The caller is not the admin.
    error RealmRegistry_NotAdmin(address caller);

    /// @notice The caller was not offered the office.
    error RealmRegistry_NotPendingAdmin(address caller, address pendingAdmin);

    /// @notice The caller has none of the roles in `mask`.
    error RealmRegistry_MissingRole(address caller, uint256 mask);

    /// @notice A role bit outside `known`.
    error RealmRegistry_UnknownRoles(uint256 roles, uint256 known);

    /// @notice No pause bit, or one outside `known`.
    error RealmRegistry_UnknownPauseBits(uint256 bits, uint256 known);

    /// @notice A parameter's value outside [min, max].
    error RealmRegistry_ParameterOutOfRange(Parameter parameter, uint32 value, uint32 min, uint32 max);

    /// @notice No change of this parameter is announced.
    error RealmRegistry_NothingScheduled(Parameter parameter);

    /// @notice The change can be applied from `applicableAt` on.
    error RealmRegistry_NotYet(Parameter parameter, uint64 applicableAt);

    /// @notice The zero address where an account or contract is needed.
    error RealmRegistry_ZeroAddress();

    /// @notice Writes an entry of the directory.
    /// @dev Emits an {AddressSet} event.
    /// Requirements:
    /// - The caller must be the admin.
    /// - `location` must not be zero.
    function setAddress(bytes32 id, address location) external;

    /// @notice Sets the whole role set of an account.
    /// @dev Emits a {RolesSet} event.
    /// Requirements:
    /// - The caller must be the admin.
    /// - `account` must not be zero; `roles` must hold known bits only.
    function setRoles(address account, uint256 roles) external;

    /// @notice Sets pause bits; bits already set stay set.
    /// @dev Emits a {PausedSet} event.
    /// Notes:
    /// - BOOKINGS stops new requests only. REPORTS stops new reports only.
    /// - Withdrawals, refunds and the settlement of accepted lines never stop.
    /// Requirements:
    /// - The caller must have PAUSER.
    /// - `bits` must be known and not empty.
    function pause(uint256 bits) external;

    /// @notice Clears pause bits.
    /// @dev Emits a {PausedSet} event.
    /// Requirements:
    /// - The caller must have UNPAUSER.
    /// - `bits` must be known and not empty.
    function unpause(uint256 bits) external;

    /// @notice Announces a parameter's new value; a later announcement replaces an earlier one.
    /// @dev Emits a {ParameterScheduled} event.
    /// Notes:
    /// - Parameters bound new requests only; the terms of a booking never change.
    /// Requirements:
    /// - The caller must be the admin.
    /// - `value` must lie in the parameter's range, see {Parameter}.
    function schedule(Parameter parameter, uint32 value) external;

    /// @notice Withdraws an announcement.
    /// @dev Emits a {ParameterScheduled} event with time 0 and the present value.
    /// Requirements:
    /// - The caller must be the admin; a change must be announced.
    function unschedule(Parameter parameter) external;

    /// @notice Applies an announced change; open to anyone.
    /// @dev Emits a {ParameterSet} event.
    /// Requirements:
    /// - A change must be announced, and its time must have come.
    function applyParameter(Parameter parameter) external;

    /// @notice Offers the admin's office to `newAdmin`, who must accept it.
    /// @dev Emits an {AdminTransferStarted} event.
    /// Requirements:
    /// - The caller must be the admin.
    function transferAdmin(address newAdmin) external;

    /// @notice Takes over the office.
    /// @dev Emits an {AdminTransferred} event.
    /// Requirements:
    /// - The caller must be the account that was offered the office.
    function acceptAdmin() external;

    /// @notice The address last written for `id`; zero when there is none.
    function addressOf(bytes32 id) external view returns (address);

    /// @notice Number of changes of the entry `id`.
    function versionOf(bytes32 id) external view returns (uint32);

    /// @notice Roles of an account as a bit map.
    function rolesOf(address account) external view returns (uint256);

    /// @notice Whether the account has at least one of the roles in `mask`.
    function hasRole(address account, uint256 mask) external view returns (bool);

    /// @notice Pause bits that are set.
    function paused() external view returns (uint256);

    /// @notice Pause bits, and the seconds that reports have been paused in all, the running pause included.
    function pauseState() external view returns (uint256 bits, uint64 reportsPausedSeconds);

    /// @notice Value of a parameter.
    function parameterOf(Parameter parameter) external view returns (uint32);

    /// @notice The announced change of a parameter; time 0 when there is none.
    function scheduled(Parameter parameter) external view returns (uint32 value, uint64 applicableAt);

    /// @notice Seconds between announcement and application.
    function parameterDelaySeconds() external view returns (uint32);

    /// @notice All that a request needs to know: pause bits, seconds of paused reports, and the parameters.
    function bookingRules()
        external
        view
        returns (
            uint256 bits,
            uint64 reportsPausedSeconds,
            uint32 clientSlots,
            uint32 clientReservations,
            uint32 minSlotSeconds
        );

    /// @notice The admin.
    function admin() external view returns (address);

    /// @notice Who was offered the admin's office; zero when nobody.
    function pendingAdmin() external view returns (address);
}
