// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BookingHead, BookingTail, Sharing} from "../types/Booking.sol";
import {Client, Cohort, Member, Status} from "../types/Reservations.sol";

/// @title Words
/// @notice Packs what is stored in one word, first field lowest, and unpacks it.
/// @dev The compiler would write a struct field by field; a word that is packed in memory is written once.
library Words {
    /// @notice Unpacks the first word of a reservation.
    function head(uint256 word) internal pure returns (BookingHead memory) {
        return
            BookingHead({
                client: address(uint160(word)),
                status: Status(uint8(word >> 160)),
                pool: uint24(word >> 168),
                slots: uint16(word >> 192),
                start: uint32(word >> 208),
                length: uint16(word >> 240)
            });
    }

    /// @notice Packs the first word of a reservation.
    function pack(BookingHead memory value) internal pure returns (uint256) {
        return
            uint256(uint160(value.client)) |
            (uint256(value.status) << 160) |
            (uint256(value.pool) << 168) |
            (uint256(value.slots) << 192) |
            (uint256(value.start) << 208) |
            (uint256(value.length) << 240);
    }

    /// @notice Unpacks the second word of a reservation.
    function tail(uint256 word) internal pure returns (BookingTail memory) {
        return
            BookingTail({
                requestedAt: uint32(word),
                takesPerMinute: uint24(word >> 32),
                takes: uint32(word >> 56),
                tokens: uint24(word >> 88),
                refilled: uint16(word >> 112),
                reportsPaused: uint32(word >> 128),
                price: uint88(word >> 160),
                flags: uint8(word >> 248)
            });
    }

    /// @notice Packs the second word of a reservation.
    function pack(BookingTail memory value) internal pure returns (uint256) {
        return
            uint256(value.requestedAt) |
            (uint256(value.takesPerMinute) << 32) |
            (uint256(value.takes) << 56) |
            (uint256(value.tokens) << 88) |
            (uint256(value.refilled) << 112) |
            (uint256(value.reportsPaused) << 128) |
            (uint256(value.price) << 160) |
            (uint256(value.flags) << 248);
    }

    /// @notice Unpacks a client.
    function client(uint256 word) internal pure returns (Client memory) {
        return
            Client({
                openSlots: uint32(word),
                openReservations: uint32(word >> 32),
                nonce: uint32(word >> 64),
                cohort: Cohort(uint8(word >> 96)),
                usage: uint64(word >> 104),
                usageAt: uint64(word >> 168)
            });
    }

    /// @notice Packs a client.
    function pack(Client memory value) internal pure returns (uint256) {
        return
            uint256(value.openSlots) |
            (uint256(value.openReservations) << 32) |
            (uint256(value.nonce) << 64) |
            (uint256(value.cohort) << 96) |
            (uint256(value.usage) << 104) |
            (uint256(value.usageAt) << 168);
    }

    /// @notice Unpacks a member.
    function member(uint256 word) internal pure returns (Member memory) {
        return Member({sharePpm: uint32(word), accepted: (word >> 32) & 1 == 1, takes: uint32(word >> 40)});
    }

    /// @notice Packs a member.
    function pack(Member memory value) internal pure returns (uint256) {
        return uint256(value.sharePpm) | (value.accepted ? uint256(1) << 32 : 0) | (uint256(value.takes) << 40);
    }

    /// @notice Unpacks what members have together.
    function sharing(uint256 word) internal pure returns (Sharing memory) {
        return Sharing({sharedPpm: uint32(word), takes: uint32(word >> 32)});
    }

    /// @notice Packs what members have together.
    function pack(Sharing memory value) internal pure returns (uint256) {
        return uint256(value.sharedPpm) | (uint256(value.takes) << 32);
    }
}
