// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev Drawn by the client at random (128 bits) before sending, so that a repeated transaction is recognised.
type ReservationId is uint128;

/// @dev Drawn by the buyer at random (128 bits) before sending.
type OrderId is uint128;

/// @dev Drawn by the provider at random (128 bits) before sending.
type LotId is uint128;

/// @dev Position of a pool in the scenario's list, counted from 1; 0 is never a pool.
type PoolId is uint32;

/// @dev Position of a site in the scenario's list, counted from 1; 0 is never a site.
type SiteId is uint32;

/// @dev Position of a link in the scenario's list, counted from 1; 0 is never a link.
type LinkId is uint32;

/// @dev Position of a kind in the inventory's catalogue, counted from 1; 0 is never a kind.
type KindId is uint32;

using {siteIdEquals as ==} for SiteId global;
using {kindIdEquals as ==} for KindId global;

function siteIdEquals(SiteId a, SiteId b) pure returns (bool) {
    return SiteId.unwrap(a) == SiteId.unwrap(b);
}

function kindIdEquals(KindId a, KindId b) pure returns (bool) {
    return KindId.unwrap(a) == KindId.unwrap(b);
}
