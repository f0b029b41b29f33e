// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title TakeBucket
/// @notice The entitlement of a reservation: a token bucket that holds `slots` takes and fills by a rate per minute.
/// @dev Counts in sixtieths of a take, so that `takesPerMinute` sixtieths come in each second, without rounding.
library TakeBucket {
    /// @dev Sixtieths in one take.
    uint256 internal constant UNIT = 60;

    /// @notice What the bucket holds after a time.
    /// @param tokens What it held before, in sixtieths.
    /// @param elapsedSeconds Time since then.
    /// @param takesPerMinute Rate at which it fills.
    /// @param slots Whole takes that it can hold.
    function refilled(
        uint256 tokens,
        uint256 elapsedSeconds,
        uint256 takesPerMinute,
        uint256 slots
    ) internal pure returns (uint256) {
        uint256 sum = tokens + elapsedSeconds * takesPerMinute;
        uint256 most = slots * UNIT;
        return sum < most ? sum : most;
    }

    /// @notice Whole takes in `tokens` sixtieths, rounded down.
    function wholeTakesDown(uint256 tokens) internal pure returns (uint32) {
        return uint32(tokens / UNIT);
    }

    /// @notice Thousandths of a take in `tokens` sixtieths, rounded down.
    function milliTakesDown(uint256 tokens) internal pure returns (uint64) {
        return uint64((tokens * 1000) / UNIT);
    }
}
