// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {BookingRules} from "../types/Booking.sol";
import {Client} from "../types/Reservations.sol";
import {FixedExp} from "./FixedExp.sol";

/// @title Clients
/// @notice Caps, open slots and decayed usage of a client.
library Clients {
    /// @dev Time in which recorded usage falls to one half: a week, so that the next week starts nearly fair.
    uint256 internal constant HALF_LIFE_SECONDS = 7 days;

    uint256 private constant WAD = 1e18;
    uint256 private constant PPM = 1_000_000;

    /// @notice Counts one more open reservation, within the caps.
    function open(Client memory account, address client, uint32 slots, BookingRules memory rules) internal pure {
        uint32 held = account.openSlots;
        if (held + slots > rules.clientSlots) {
            revert IParticleAllocation.ParticleAllocation_ClientCapExceeded(client, held, slots, rules.clientSlots);
        }
        uint32 count = account.openReservations;
        if (count >= rules.clientReservations) {
            revert IParticleAllocation.ParticleAllocation_TooManyReservations(
                client,
                count,
                1,
                rules.clientReservations
            );
        }
        account.openSlots = held + slots;
        account.openReservations = count + 1;
    }

    /// @notice Counts one open reservation less.
    function close(Client memory account, uint32 slots) internal pure {
        account.openSlots -= slots;
        --account.openReservations;
    }

    /// @notice A usage as of now, slot-seconds.
    /// @param usageAt When it was right.
    function usageNowDown(uint64 usage, uint64 usageAt) internal view returns (uint64) {
        unchecked {
            // No usage is of the future; the products stay below 2^64 * 2^60.
            uint256 elapsed = block.timestamp - usageAt;
            if (elapsed == 0 || usage == 0) return usage;
            return uint64((usage * FixedExp.exp2Neg((elapsed * WAD) / HALF_LIFE_SECONDS)) / WAD);
        }
    }

    /// @notice 2^(-usage / share), parts per million.
    function fairShareDown(Client memory account, uint64 shareSlotSeconds) internal view returns (uint32) {
        uint256 xWad = (usageNowDown(account.usage, account.usageAt) * WAD) / shareSlotSeconds;
        return uint32((FixedExp.exp2Neg(xWad) * PPM) / WAD);
    }
}
