// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BookingHead, BookingTail, Sharing} from "../types/Booking.sol";
import {Client, Cohort, Member, Status} from "../types/Reservations.sol";

/// @title Words
/// @notice Packs what is stored in one word, first field lowest, and unpacks it.
/// @dev The compiler would write a struct field by field; a word that is packed in memory is written once. Settlement
/// lines, which come by the hundred, read and write single fields without unpacking the rest.
library Words {
    /// @dev Ppm slot-seconds in a slot-second of full quality.
    uint256 internal constant FULL_QUALITY = 1_000_000;

    /// @notice Unpacks the first word of a reservation.
    function head(uint256 word) internal pure returns (BookingHead memory value) {
        value.client = address(uint160(word));
        value.status = Status(uint8(word >> 160));
        value.pool = uint24(word >> 168);
        value.slots = uint16(word >> 192);
        value.start = uint32(word >> 208);
        value.length = uint16(word >> 240);
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
    function tail(uint256 word) internal pure returns (BookingTail memory value) {
        value.requestedAt = uint32(word);
        value.takesPerMinute = uint24(word >> 32);
        value.takes = uint32(word >> 56);
        value.tokens = uint24(word >> 88);
        value.refilled = uint16(word >> 112);
        value.reportsPaused = uint32(word >> 128);
        value.price = uint88(word >> 160);
        value.flags = uint8(word >> 248);
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

    /// @notice The client in the first word of a reservation.
    function clientOf(uint256 word) internal pure returns (address) {
        return address(uint160(word));
    }

    /// @notice Whether Granted is the stored status in the first word of a reservation.
    function isGranted(uint256 word) internal pure returns (bool) {
        return uint8(word >> 160) == uint8(Status.Granted);
    }

    /// @notice The pool in the first word of a reservation.
    function poolOf(uint256 word) internal pure returns (uint24) {
        return uint24(word >> 168);
    }

    /// @notice The slots in the first word of a reservation.
    function slotsOf(uint256 word) internal pure returns (uint16) {
        return uint16(word >> 192);
    }

    /// @notice Whether a reservation waits for its settlement: it was granted, is over, and its second word is kept.
    function isOver(uint256 word, uint256 tailWord) internal view returns (bool) {
        if (tailWord == 0) return false;
        if (!isGranted(word)) return uint8(word >> 160) == uint8(Status.Ended);
        unchecked {
            // Start and length have 32 and 16 bits.
            return block.timestamp >= uint256(uint32(word >> 208)) + (word >> 240);
        }
    }

    /// @notice Ppm slot-seconds that a reservation promises.
    function promisedOf(uint256 word) internal pure returns (uint256) {
        unchecked {
            // Three factors of 16, 16 and 20 bits.
            return uint256(slotsOf(word)) * (word >> 240) * FULL_QUALITY;
        }
    }

    /// @notice The price in the second word of a reservation.
    function priceOf(uint256 word) internal pure returns (uint88) {
        return uint88(word >> 160);
    }

    /// @notice Whether a flag is set in the second word of a reservation.
    function hasFlag(uint256 word, uint8 flag) internal pure returns (bool) {
        return (word >> 248) & flag != 0;
    }

    /// @notice Open slots and reservations of a client.
    function openOf(uint256 word) internal pure returns (uint32 slots, uint32 reservations) {
        return (uint32(word), uint32(word >> 32));
    }

    /// @notice Usage of a client, and the time it is as of.
    function usageOf(uint256 word) internal pure returns (uint64 usage, uint64 usageAt) {
        return (uint64(word >> 104), uint64(word >> 168));
    }

    /// @notice A client with other open slots, reservations and usage, as of now.
    function withUse(uint256 word, uint32 slots, uint32 reservations, uint64 usage) internal view returns (uint256) {
        uint256 kept = word & (uint256(type(uint40).max) << 64);
        return kept | slots | (uint256(reservations) << 32) | (uint256(usage) << 104) | (block.timestamp << 168);
    }

    /// @notice Unpacks a client.
    function client(uint256 word) internal pure returns (Client memory value) {
        value.openSlots = uint32(word);
        value.openReservations = uint32(word >> 32);
        value.nonce = uint32(word >> 64);
        value.cohort = Cohort(uint8(word >> 96));
        value.usage = uint64(word >> 104);
        value.usageAt = uint64(word >> 168);
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
    function member(uint256 word) internal pure returns (Member memory value) {
        value.sharePpm = uint32(word);
        value.accepted = (word >> 32) & 1 == 1;
        value.takes = uint32(word >> 40);
    }

    /// @notice Packs a member.
    function pack(Member memory value) internal pure returns (uint256) {
        return uint256(value.sharePpm) | (value.accepted ? uint256(1) << 32 : 0) | (uint256(value.takes) << 40);
    }

    /// @notice Unpacks what members have together.
    function sharing(uint256 word) internal pure returns (Sharing memory value) {
        value.sharedPpm = uint32(word);
        value.takes = uint32(word >> 32);
    }

    /// @notice Packs what members have together.
    function pack(Sharing memory value) internal pure returns (uint256) {
        return uint256(value.sharedPpm) | (uint256(value.takes) << 32);
    }
}
