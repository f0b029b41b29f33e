// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {PoolId} from "../types/Ids.sol";
import {PoolHead, PriceState} from "../types/StoredNetwork.sol";
import {FixedExp} from "./FixedExp.sol";

/// @title Pricing
/// @notice What slot-seconds cost: the floor, and above it the integral of the exponential curve, weighted by how
/// early and how full the window is.
/// @dev Splitting an order within a block never makes it cheaper. By slots or by time, the parts' integrals add up to
/// the whole one exactly, because each bound is computed from the excess alone; each part's premium is rounded up, and
/// none is negative; and no part has a lower weight than the whole: no part starts earlier, and the fewest quanta
/// booked in any bucket of a part are at least those in the whole window, and only grow with each part that is booked.
/// The exponential is of 18 decimals: a charge is off by less than 3e-18 * scale < 0.001 slot-seconds at the price
/// that the order ends with.
library Pricing {
    /// @dev From this lead on a window costs the whole price; a quota's idle rest may be borrowed at or below it.
    uint64 internal constant LEAD_SECONDS = 3600;

    /// @dev Largest excess, in scales: a price of floor * e^20 is half a billion times the floor.
    uint256 internal constant MAX_EXPONENT_WAD = 20e18;

    uint256 internal constant WAD = 1e18;

    /// @notice Excess at the block's time.
    function excessNow(PriceState memory state, uint16 target) internal view returns (uint256) {
        return Math.saturatingSub(state.excess, (block.timestamp - state.updatedAt) * target);
    }

    /// @notice Weight of the premium, in [0, 1], from the time to the window's start alone.
    function leadWeight(uint64 start) internal view returns (uint256 wad) {
        if (start <= block.timestamp) return 0;
        uint256 lead = start - block.timestamp;
        return lead >= LEAD_SECONDS ? WAD : (lead * WAD) / LEAD_SECONDS;
    }

    /// @notice The weight, at least the share of the capacity that is booked.
    function shareWeight(uint256 leadWad, uint16 booked, uint16 capacity) internal pure returns (uint256 wad) {
        return Math.max(leadWad, (booked * WAD) / capacity);
    }

    /// @notice Charge for `bought` slot-seconds, in wei, rounded up.
    /// @dev Assumes a scale other than 0. floor * scale * exp stays below 2^225.
    function charge(
        PoolHead memory head,
        PoolId pool,
        uint256 excess,
        uint256 bought,
        uint256 weightWad
    ) internal pure returns (uint256) {
        uint256 exponent = ((excess + bought) * WAD) / head.scale;
        if (exponent > MAX_EXPONENT_WAD) {
            revert IEntanglementNetwork.EntanglementNetwork_PriceTooHigh(pool, exponent, MAX_EXPONENT_WAD);
        }
        uint256 base = head.floor * bought;
        uint256 rise = FixedExp.exp(exponent) - FixedExp.exp((excess * WAD) / head.scale);
        uint256 premiumWad = Math.saturatingSub(uint256(head.floor) * head.scale * rise, base * WAD);
        return base + Math.mulDiv(premiumWad, weightWad, WAD * WAD, Math.Rounding.Ceil);
    }

    /// @notice Price of one more slot-second, 18 decimals of a wei.
    function spotWad(PoolHead memory head, uint256 excess) internal pure returns (uint256) {
        if (head.scale == 0) return head.floor * WAD;
        return head.floor * FixedExp.exp((excess * WAD) / head.scale);
    }
}
