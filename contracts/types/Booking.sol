// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Status} from "./Reservations.sol";

/// @dev Members take part in the entitlement.
uint8 constant FLAG_SHARED = 1;

/// @dev Links were booked with it.
uint8 constant FLAG_PATH = 2;

/// @dev The payer is not the client, and kept on its own.
uint8 constant FLAG_SPONSORED = 4;

/// @dev It counts against its cohort's quota.
uint8 constant FLAG_IN_QUOTA = 8;

/// @dev The cohort that it was booked with stands from this bit on, in three bits.
uint8 constant FLAG_COHORT_SHIFT = 4;

/// @dev A reservation as stored: two words, because each further word costs a request 22,100 gas. The tail is cleared
/// when the status becomes final; the head stays, so that no id is ever used twice.
/// @param head {BookingHead}, packed.
/// @param tail {BookingTail}, packed.
struct Booking {
    uint256 head;
    uint256 tail;
}

/// @dev A client as stored: a struct, so that its place is computed once to read and write it.
/// @param word {Client}, packed.
struct StoredClient {
    uint256 word;
}

/// @dev All that a decision reads.
/// @param status As stored: Ended means released, a window that is over by time stays Granted.
/// @param pool Fits 24 bits: the network gives out ids in order.
/// @param start Fits 32 bits until the year 2106.
/// @param length Seconds from start to end; a release shortens it, an extension makes it longer.
struct BookingHead {
    address client;
    Status status;
    uint24 pool;
    uint16 slots;
    uint32 start;
    uint16 length;
}

/// @dev The money, and the state of the entitlement.
/// @param requestedAt Chain time of the request, or of its reopening.
/// @param tokens Takes left at `refilled`, in sixtieths of a take so that any rate per minute refills exactly.
/// @param refilled Seconds after the start at which `tokens` was right.
/// @param reportsPaused Seconds that reports had been paused in all at the request, modulo 2^32.
/// @param price Wei in escrow for it; after a release what may still be paid.
/// @param flags See FLAG_SHARED and the others.
struct BookingTail {
    uint32 requestedAt;
    uint24 takesPerMinute;
    uint32 takes;
    uint24 tokens;
    uint16 refilled;
    uint32 reportsPaused;
    uint88 price;
    uint8 flags;
}

/// @dev What members have of a reservation together.
/// @param sharedPpm Sum of the shares they have accepted, parts per million.
/// @param takes Takes of those that take part now; the rest of all takes count as the client's.
struct Sharing {
    uint32 sharedPpm;
    uint32 takes;
}

/// @dev How a reservation becomes final without a settlement.
/// @param fee Wei of the price that go to the provider.
struct Ending {
    Status status;
    uint88 fee;
}

/// @dev What the registry says about requests at this time.
/// @param flags FLAG_PATH when links are booked too, else 0.
struct BookingRules {
    uint8 flags;
    uint64 reportsPaused;
    uint32 clientSlots;
    uint32 clientReservations;
    uint32 minSlotSeconds;
}
