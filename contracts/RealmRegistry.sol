// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry, Parameter} from "./interfaces/IRealmRegistry.sol";
import {PAUSE_KNOWN, PAUSE_REPORTS, ROLE_PAUSER, ROLE_UNPAUSER, ROLES_KNOWN} from "./types/Roles.sol";

/// @title RealmRegistry
/// @notice See {IRealmRegistry}.
contract RealmRegistry is IRealmRegistry {
    struct Entry {
        address location;
        uint32 version;
    }

    /// @dev One word, because every request and report reads it. 32 bits of seconds end in 2106; 40 outlast the
    /// ledger, and there is room for them.
    struct Rules {
        uint8 pauseBits;
        uint40 reportsPausedBefore;
        uint40 reportsPausedSince;
        uint32 clientSlots;
        uint32 clientReservations;
        uint32 minSlotSeconds;
    }

    struct Change {
        uint32 value;
        uint64 applicableAt;
    }

    /// @dev Enough for every session of a busy client, few enough that dust cannot fill a calendar unseen.
    uint32 private constant FIRST_CLIENT_RESERVATIONS = 1000;
    /// @dev One slot for a minute, or sixty for a second.
    uint32 private constant FIRST_MIN_SLOT_SECONDS = 60;

    /// @inheritdoc IRealmRegistry
    uint32 public immutable parameterDelaySeconds;
    address private _admin;
    address private _pendingAdmin;
    Rules private _rules;
    mapping(Parameter parameter => Change) private _changes;
    mapping(bytes32 id => Entry) private _entries;
    mapping(address account => uint256 roles) private _roles;

    modifier onlyAdmin() {
        if (msg.sender != _admin) revert RealmRegistry_NotAdmin(msg.sender);
        _;
    }

    modifier onlyRole(uint256 mask) {
        if (_roles[msg.sender] & mask == 0) revert RealmRegistry_MissingRole(msg.sender, mask);
        _;
    }

    /// @notice Gives the office to the first admin, and sets the first limits.
    /// @param admin_ The first admin.
    /// @param parameterDelaySeconds_ Time between announcing and applying a parameter; 0 on a development chain.
    /// @param clientSlots_ First value of ClientSlots.
    constructor(address admin_, uint32 parameterDelaySeconds_, uint32 clientSlots_) {
        if (admin_ == address(0)) revert RealmRegistry_ZeroAddress();
        parameterDelaySeconds = parameterDelaySeconds_;
        _admin = admin_;
        emit AdminTransferred(address(0), admin_);
        _set(Parameter.ClientSlots, clientSlots_);
        _set(Parameter.ClientReservations, FIRST_CLIENT_RESERVATIONS);
        _set(Parameter.MinSlotSeconds, FIRST_MIN_SLOT_SECONDS);
    }

    /// @inheritdoc IRealmRegistry
    function setAddress(bytes32 id, address location) external onlyAdmin {
        if (location == address(0)) revert RealmRegistry_ZeroAddress();
        Entry storage entry = _entries[id];
        uint32 version = entry.version + 1;
        (entry.location, entry.version) = (location, version);
        emit AddressSet(id, location, version);
    }

    /// @inheritdoc IRealmRegistry
    function setRoles(address account, uint256 roles) external onlyAdmin {
        if (account == address(0)) revert RealmRegistry_ZeroAddress();
        if (roles & ~ROLES_KNOWN != 0) revert RealmRegistry_UnknownRoles(roles, ROLES_KNOWN);
        _roles[account] = roles;
        emit RolesSet(account, roles);
    }

    /// @inheritdoc IRealmRegistry
    function pause(uint256 bits) external onlyRole(ROLE_PAUSER) {
        _checkPauseBits(bits);
        Rules memory rules = _rules;
        if (bits & PAUSE_REPORTS != 0 && rules.pauseBits & PAUSE_REPORTS == 0) {
            rules.reportsPausedSince = uint40(block.timestamp);
        }
        rules.pauseBits |= uint8(bits);
        _rules = rules;
        emit PausedSet(rules.pauseBits, msg.sender);
    }

    /// @inheritdoc IRealmRegistry
    function unpause(uint256 bits) external onlyRole(ROLE_UNPAUSER) {
        _checkPauseBits(bits);
        Rules memory rules = _rules;
        if (bits & PAUSE_REPORTS != 0) {
            rules.reportsPausedBefore = uint40(_reportsPausedSeconds(rules));
            rules.reportsPausedSince = 0;
        }
        rules.pauseBits &= ~uint8(bits);
        _rules = rules;
        emit PausedSet(rules.pauseBits, msg.sender);
    }

    /// @inheritdoc IRealmRegistry
    function schedule(Parameter parameter, uint32 value) external onlyAdmin {
        _checkRange(parameter, value);
        uint64 applicableAt = uint64(block.timestamp) + parameterDelaySeconds;
        _changes[parameter] = Change(value, applicableAt);
        emit ParameterScheduled(parameter, value, applicableAt);
    }

    /// @inheritdoc IRealmRegistry
    function unschedule(Parameter parameter) external onlyAdmin {
        if (_changes[parameter].applicableAt == 0) revert RealmRegistry_NothingScheduled(parameter);
        delete _changes[parameter];
        emit ParameterScheduled(parameter, parameterOf(parameter), 0);
    }

    /// @inheritdoc IRealmRegistry
    function applyParameter(Parameter parameter) external {
        // Check:
        Change memory change = _changes[parameter];
        if (change.applicableAt == 0) revert RealmRegistry_NothingScheduled(parameter);
        if (block.timestamp < change.applicableAt) revert RealmRegistry_NotYet(parameter, change.applicableAt);
        // Effect:
        delete _changes[parameter];
        _set(parameter, change.value);
    }

    /// @inheritdoc IRealmRegistry
    function transferAdmin(address newAdmin) external onlyAdmin {
        _pendingAdmin = newAdmin;
        emit AdminTransferStarted(msg.sender, newAdmin);
    }

    /// @inheritdoc IRealmRegistry
    function acceptAdmin() external {
        if (msg.sender != _pendingAdmin) revert RealmRegistry_NotPendingAdmin(msg.sender, _pendingAdmin);
        emit AdminTransferred(_admin, msg.sender);
        (_admin, _pendingAdmin) = (msg.sender, address(0));
    }

    /// @inheritdoc IRealmRegistry
    function addressOf(bytes32 id) external view returns (address) {
        return _entries[id].location;
    }

    /// @inheritdoc IRealmRegistry
    function versionOf(bytes32 id) external view returns (uint32) {
        return _entries[id].version;
    }

    /// @inheritdoc IRealmRegistry
    function rolesOf(address account) external view returns (uint256) {
        return _roles[account];
    }

    /// @inheritdoc IRealmRegistry
    function hasRole(address account, uint256 mask) external view returns (bool) {
        return _roles[account] & mask != 0;
    }

    /// @inheritdoc IRealmRegistry
    function paused() external view returns (uint256) {
        return _rules.pauseBits;
    }

    /// @inheritdoc IRealmRegistry
    function pauseState() external view returns (uint256 bits, uint64 reportsPausedSeconds) {
        Rules memory rules = _rules;
        return (rules.pauseBits, _reportsPausedSeconds(rules));
    }

    /// @inheritdoc IRealmRegistry
    function bookingRules()
        external
        view
        returns (
            uint256 bits,
            uint64 reportsPausedSeconds,
            uint32 clientSlots,
            uint32 clientReservations,
            uint32 minSlotSeconds
        )
    {
        Rules memory rules = _rules;
        return (
            rules.pauseBits,
            _reportsPausedSeconds(rules),
            rules.clientSlots,
            rules.clientReservations,
            rules.minSlotSeconds
        );
    }

    /// @inheritdoc IRealmRegistry
    function scheduled(Parameter parameter) external view returns (uint32 value, uint64 applicableAt) {
        Change memory change = _changes[parameter];
        return (change.value, change.applicableAt);
    }

    /// @inheritdoc IRealmRegistry
    function admin() external view returns (address) {
        return _admin;
    }

    /// @inheritdoc IRealmRegistry
    function pendingAdmin() external view returns (address) {
        return _pendingAdmin;
    }

    /// @inheritdoc IRealmRegistry
    function parameterOf(Parameter parameter) public view returns (uint32) {
        if (parameter == Parameter.ClientSlots) return _rules.clientSlots;
        if (parameter == Parameter.ClientReservations) return _rules.clientReservations;
        return _rules.minSlotSeconds;
    }

    function _set(Parameter parameter, uint32 value) private {
        _checkRange(parameter, value);
        if (parameter == Parameter.ClientSlots) _rules.clientSlots = value;
        else if (parameter == Parameter.ClientReservations) _rules.clientReservations = value;
        else _rules.minSlotSeconds = value;
        emit ParameterSet(parameter, value);
    }

    function _reportsPausedSeconds(Rules memory rules) private view returns (uint64) {
        bool running = rules.pauseBits & PAUSE_REPORTS != 0;
        return rules.reportsPausedBefore + (running ? uint64(block.timestamp) - rules.reportsPausedSince : 0);
    }

    function _checkPauseBits(uint256 bits) private pure {
        if (bits == 0 || bits & ~PAUSE_KNOWN != 0) revert RealmRegistry_UnknownPauseBits(bits, PAUSE_KNOWN);
    }

    function _checkRange(Parameter parameter, uint32 value) private pure {
        uint32 max = 1 days;
        if (parameter == Parameter.ClientSlots) max = 100_000;
        if (parameter == Parameter.ClientReservations) max = type(uint16).max;
        if (value == 0 || value > max) revert RealmRegistry_ParameterOutOfRange(parameter, value, 1, max);
    }
}
