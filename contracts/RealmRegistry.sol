// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {PAUSE_KNOWN, PAUSE_REPORTS, ROLE_PAUSER, ROLE_UNPAUSER, ROLES_KNOWN} from "./types/Roles.sol";

/// @title RealmRegistry
/// @notice See {IRealmRegistry}.
contract RealmRegistry is IRealmRegistry {
    struct Entry {
        address location;
        uint32 version;
    }

    /// @dev One word, because every request and report reads it.
    struct PauseState {
        uint64 bits;
        uint64 reportsPausedBefore;
        uint64 reportsPausedSince;
    }

    address private _admin;
    address private _pendingAdmin;
    PauseState private _pauseState;
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

    /// @notice Gives the office to the first admin.
    /// @param admin_ The first admin.
    constructor(address admin_) {
        if (admin_ == address(0)) revert RealmRegistry_ZeroAddress();
        _admin = admin_;
        emit AdminTransferred(address(0), admin_);
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
        PauseState memory state = _pauseState;
        if (bits & PAUSE_REPORTS != 0 && state.bits & PAUSE_REPORTS == 0) {
            state.reportsPausedSince = uint64(block.timestamp);
        }
        state.bits |= uint64(bits);
        _pauseState = state;
        emit PausedSet(state.bits, msg.sender);
    }

    /// @inheritdoc IRealmRegistry
    function unpause(uint256 bits) external onlyRole(ROLE_UNPAUSER) {
        _checkPauseBits(bits);
        PauseState memory state = _pauseState;
        if (bits & PAUSE_REPORTS != 0) {
            state.reportsPausedBefore = _reportsPausedSeconds(state);
            state.reportsPausedSince = 0;
        }
        state.bits &= ~uint64(bits);
        _pauseState = state;
        emit PausedSet(state.bits, msg.sender);
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
        return _pauseState.bits;
    }

    /// @inheritdoc IRealmRegistry
    function pauseState() external view returns (uint256 bits, uint64 reportsPausedSeconds) {
        PauseState memory state = _pauseState;
        return (state.bits, _reportsPausedSeconds(state));
    }

    /// @inheritdoc IRealmRegistry
    function admin() external view returns (address) {
        return _admin;
    }

    /// @inheritdoc IRealmRegistry
    function pendingAdmin() external view returns (address) {
        return _pendingAdmin;
    }

    function _checkPauseBits(uint256 bits) private pure {
        if (bits == 0 || bits & ~PAUSE_KNOWN != 0) revert RealmRegistry_UnknownPauseBits(bits, PAUSE_KNOWN);
    }

    function _reportsPausedSeconds(PauseState memory state) private view returns (uint64) {
        bool running = state.bits & PAUSE_REPORTS != 0;
        return state.reportsPausedBefore + (running ? uint64(block.timestamp) - state.reportsPausedSince : 0);
    }
}
