// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title FixedExp
/// @notice Powers of e and of one half with 18 decimals, the same in every language that has integers.
/// @dev x = k ln 2 + r with r in [0, ln 2), e^x = 2^k e^r, and e^r = (e^(r/16))^16 from the Taylor series with 36
/// decimals up to the power of 15: 16 (ln 2 / 16)^16 / 16! is below 2e-34. Every step rounds down and grows with r, and
/// e^r stays below 2; so the results are monotone, across the steps of k too. e^r lacks less than 1e-33 of itself; the
/// tests hold the results against vectors of 80 decimals.
library FixedExp {
    /// @dev 1 with 18 decimals.
    uint256 private constant WAD = 1e18;

    /// @dev 1 with 36 decimals.
    uint256 private constant ONE = 1e36;

    /// @dev ln 2 with 36 decimals, rounded down.
    uint256 private constant LN_2 = 693147180559945309417232121458176568;

    /// @dev More than e^r can lack, with 36 decimals.
    uint256 private constant POWER_ERROR = 1e4;

    /// @dev 2^-60 is less than the last decimal.
    uint256 private constant MAX_HALVINGS = 59;

    /// @notice e^x, rounded down.
    /// @dev Assumes x <= 60. Up to x = 20 the result is the true value rounded down, or 1 last decimal less or more
    /// where the true value is within 1e-6 of a last decimal from a whole one.
    function exp(uint256 xWad) internal pure returns (uint256 wad) {
        unchecked {
            uint256 x = xWad * WAD;
            uint256 k = x / LN_2;
            return (_power(x - k * LN_2) << k) / WAD;
        }
    }

    /// @notice 2^-x, rounded down.
    /// @dev Never above the true value, and less than 1 + 1e-13 last decimals below it; exact for whole x up to 18.
    function exp2Neg(uint256 xWad) internal pure returns (uint256 wad) {
        uint256 halvings = xWad / WAD;
        uint256 rest = xWad % WAD;
        if (halvings > MAX_HALVINGS) return 0;
        if (rest == 0) return WAD >> halvings;
        unchecked {
            uint256 divisor = _power((rest * LN_2) / WAD) + POWER_ERROR;
            return ((WAD * ONE) / divisor) >> halvings;
        }
    }

    /// @dev e^r with 36 decimals for r in [0, ln 2], by Horner's rule, written out: a loop would cost three times as
    /// much, in every line of a settlement.
    function _power(uint256 r) private pure returns (uint256 power) {
        unchecked {
            // r and the power stay below 2^121, so that products fit.
            r >>= 4;
            power = ONE + r / 15;
            power = ONE + (r * power) / 14e36;
            power = ONE + (r * power) / 13e36;
            power = ONE + (r * power) / 12e36;
            power = ONE + (r * power) / 11e36;
            power = ONE + (r * power) / 10e36;
            power = ONE + (r * power) / 9e36;
            power = ONE + (r * power) / 8e36;
            power = ONE + (r * power) / 7e36;
            power = ONE + (r * power) / 6e36;
            power = ONE + (r * power) / 5e36;
            power = ONE + (r * power) / 4e36;
            power = ONE + (r * power) / 3e36;
            power = ONE + (r * power) / 2e36;
            power = ONE + (r * power) / 1e36;
            power = (power * power) / ONE;
            power = (power * power) / ONE;
            power = (power * power) / ONE;
            power = (power * power) / ONE;
        }
    }
}
