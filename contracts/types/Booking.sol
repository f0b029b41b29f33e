// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Status} from "./Types.sol";

/// @dev A reservation as stored: two words, because each further word costs a request 22,100 gas.
/// The escrow is the treasury's, the price follows from the pool's terms, which never change.
struct Booking {
    BookingHead head;
    BookingTail tail;
}

/// @dev All that deciding and settling read.
/// @param status As stored: Ended means released, a window that is over by time stays Granted.
/// @param pool Fits 24 bits: the network gives out ids in order.
/// @param start Fits 32 bits until the year 2106.
/// @param length Seconds from start to end; a release shortens it.
struct BookingHead {
    address client;
    Status status;
    uint24 pool;
    uint16 slots;
    uint32 start;
    uint16 length;
}

/// @dev The rest of the terms, and the state of the entitlement.
/// @param duration Seconds from start to bookedEnd; never changes.
/// @param lead Seconds from the request to the start, at most the horizon of 28 days.
/// @param coherenceMin Microseconds, up to 8.9 years.
/// @param tokens Takes left at `refilled`, in sixtieths of a take so that any rate per minute refills exactly.
/// @param refilled Seconds after the start at which `tokens` was right.
/// @param reportsPaused Seconds that reports had been paused in all at the request, modulo 2^32.
struct BookingTail {
    uint16 duration;
    uint24 lead;
    uint24 fidelityMinPpm;
    uint48 coherenceMin;
    uint24 takesPerMinute;
    uint8 purpose;
    uint8 priority;
    uint32 takes;
    uint24 tokens;
    uint16 refilled;
    uint32 reportsPaused;
}
