// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Fees
/// @notice Who gets how much of a reservation's price. Every division rounds down once, and what it leaves goes to the
/// payer. Prices are below 2^88, so that no product overflows.
library Fees {
    /// @dev The last bucket's worth of time that a release makes unsellable at short notice.
    uint256 private constant RELEASE_SECONDS = 900;

    /// @dev 10 %.
    uint256 private constant RELEASE_DIVISOR = 10;

    /// @dev 1 % of the price for the longest lead, 28 days: 100 * 28 days.
    uint256 private constant CANCEL_DIVISOR = 100 * 28 days;

    /// @dev Service level: 99 % of what was promised.
    uint256 private constant TARGET_PERCENT = 99;

    /// @dev Largest penalty, of the price.
    uint256 private constant PENALTY_PERCENT = 20;

    /// @notice What remains payable after `used` of `length` seconds.
    function dueDown(uint88 price, uint256 used, uint256 length) internal pure returns (uint88) {
        return uint88((price * used) / length);
    }

    /// @notice Fee of an early release with `left` of `length` seconds to go: at most a tenth of what is given back.
    function releaseFeeDown(uint88 price, uint256 left, uint256 length) internal pure returns (uint88) {
        uint256 charged = left < RELEASE_SECONDS ? left : RELEASE_SECONDS;
        return uint88((price * charged) / (length * RELEASE_DIVISOR));
    }

    /// @notice Fee for calling off a grant that held the calendar `lead` seconds ahead, at most 28 days.
    function cancelFeeDown(uint88 price, uint256 lead) internal pure returns (uint88) {
        return uint88((price * lead) / CANCEL_DIVISOR);
    }

    /// @notice The provider's part for what it delivered; nothing when nothing was promised.
    function paidDown(uint88 price, uint256 delivered, uint256 promised) internal pure returns (uint88) {
        if (promised == 0) return 0;
        unchecked {
            // Delivered is at most promised, below 2^128: the product fits, and the quotient is at most the price.
            return uint88((price * delivered) / promised);
        }
    }

    /// @notice The provider's penalty: nothing from 99 % delivered on, else in proportion to all that is missing.
    function penaltyDown(uint88 price, uint256 delivered, uint256 promised) internal pure returns (uint88) {
        unchecked {
            // Delivered is at most promised, below 2^128, which is not 0 when it is missed.
            if (delivered * 100 >= promised * TARGET_PERCENT) return 0;
            uint256 penalty = (price * (promised - delivered)) / promised;
            uint256 most = (price * PENALTY_PERCENT) / 100;
            return uint88(penalty < most ? penalty : most);
        }
    }
}
