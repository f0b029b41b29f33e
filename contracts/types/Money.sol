// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev One escrow that is shared out: `paid` to the provider, the rest back to the payer's credit.
/// @param causeId The reservation or order.
struct Settlement {
    address payer;
    uint96 escrow;
    uint96 paid;
    uint128 causeId;
}

/// @dev A provider's collateral, in wei.
/// @param free Covers penalties and new orders.
/// @param locked Staked on accepted orders.
/// @param unbonding On its way out, still liable for penalties.
/// @param releasableAt Chain time from which `unbonding` can be taken; 0 when nothing is unbonding.
struct Bond {
    uint96 free;
    uint96 locked;
    uint96 unbonding;
    uint64 releasableAt;
}
