// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NetworkEntries} from "./network/NetworkEntries.sol";
import {NetworkPaths} from "./network/NetworkPaths.sol";

/// @title EntanglementNetwork
/// @notice See {IEntanglementNetwork}.
contract EntanglementNetwork is NetworkPaths {
    /// @notice Binds the network to its peers.
    /// @param registry_ Where roles are kept.
    /// @param inventory_ Where kinds are kept.
    /// @param allocation_ Who may book for reservations.
    constructor(
        address registry_,
        address inventory_,
        address allocation_
    ) NetworkEntries(registry_, inventory_, allocation_) {}
}
