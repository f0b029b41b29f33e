// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TakeBucket} from "./TakeBucket.sol";

/// @title ShareBudget
/// @notice How many takes a share of an entitlement allows.
library ShareBudget {
    /// @dev All of an entitlement, parts per million.
    uint32 internal constant ALL_PPM = 1_000_000;

    /// @notice Whole takes that a share still allows.
    /// @param sharePpm The share.
    /// @param allowedTokens Sixtieths of a take that the whole entitlement has allowed until now.
    /// @param taken What was taken of the share.
    function leftDown(uint32 sharePpm, uint256 allowedTokens, uint32 taken) internal pure returns (uint32) {
        uint256 budget = (sharePpm * allowedTokens) / (TakeBucket.UNIT * ALL_PPM);
        return budget > taken ? uint32(budget - taken) : 0;
    }
}
