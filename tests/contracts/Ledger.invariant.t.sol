// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PoolId, Reservation, ReservationId, Status} from "../../contracts/types/Types.sol";
import {LedgerHandler} from "./LedgerHandler.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev What holds after any sequence of calls. A call that reverts fails the run (failOnRevert), and afterInvariant
/// checks that enough calls really did something.
contract LedgerInvariantTest is RealmFixture {
    /// @dev A run makes 64 calls, some of which make others first; those that find nothing to do do not count.
    uint256 private constant MIN_CALLS = 64;

    LedgerHandler private handler;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        handler = new LedgerHandler(allocation, treasury, address(hub));
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev sum of credits + sum of escrows = balance = paid in - paid out.
    function invariant_MoneyIsConserved() public view {
        uint256 credits = 0;
        address[] memory accounts = handler.accounts();
        for (uint256 i = 0; i < accounts.length; ++i) credits += treasury.creditOf(accounts[i]);
        uint256 escrows = 0;
        for (uint256 i = 0; i < handler.idCount(); ++i) escrows += treasury.escrowOf(handler.ids(i));
        assertEq(credits + escrows, address(treasury).balance, "credits + escrows = balance");
        assertEq(escrows, treasury.totalEscrow(), "sum of escrows");
        assertEq(credits, treasury.totalCredits(), "sum of credits");
        assertEq(handler.paidIn() - handler.paidOut(), address(treasury).balance, "in - out");
    }

    /// @dev An escrow is locked exactly while the reservation is neither settled nor refunded.
    function invariant_EscrowFollowsStatus() public view {
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            Reservation memory kept = allocation.reservation(handler.ids(i));
            bool open = kept.status == Status.Requested || kept.status == Status.Granted || kept.status == Status.Ended;
            assertTrue(open ? kept.escrow >= kept.price : kept.escrow == 0, "escrow");
        }
    }

    /// @dev booked(bucket) = sum of slots of the bookings that hold it <= capacity.
    function invariant_CalendarIsExactAndNeverOverBooked() public view {
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            Reservation memory kept = allocation.reservation(handler.ids(i));
            uint64 first = kept.start / 900;
            uint64 last = (kept.bookedEnd - 1) / 900;
            checkBucket(kept.pool, first);
            checkBucket(kept.pool, (first + last) / 2);
            checkBucket(kept.pool, last);
        }
    }

    /// @dev slotsOf(client) = sum of slots of its reservations that are not ended by release nor final.
    function invariant_OpenSlotsAreExact() public view {
        address[] memory accounts = handler.accounts();
        for (uint256 a = 0; a < accounts.length; ++a) {
            uint256 open = 0;
            for (uint256 i = 0; i < handler.idCount(); ++i) {
                Reservation memory kept = allocation.reservation(handler.ids(i));
                bool counts = kept.status == Status.Requested || kept.status == Status.Granted;
                if (counts && kept.client == accounts[a]) open += kept.slots;
            }
            assertEq(allocation.slotsOf(accounts[a]), open, "open slots");
        }
    }

    /// @dev A run in which nothing happened proves nothing.
    function afterInvariant() public view {
        string[11] memory names = [
            "request",
            "grant",
            "refuse",
            "take",
            "release",
            "cancel",
            "expire",
            "settle",
            "refundExpired",
            "withdraw",
            "pass"
        ];
        uint256 done = 0;
        for (uint256 i = 0; i < names.length; ++i) done += handler.calls(bytes32(bytes(names[i])));
        assertLe(MIN_CALLS, done, "calls that did something");
    }

    function checkBucket(PoolId pool, uint64 bucket) private view {
        uint256 expected = 0;
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            ReservationId id = handler.ids(i);
            Reservation memory kept = allocation.reservation(id);
            uint64 until = handler.heldUntil(id);
            bool holds =
                kept.pool == pool && until > kept.start && kept.start / 900 <= bucket && bucket <= (until - 1) / 900;
            if (holds) expected += kept.slots;
        }
        assertEq(allocation.booked(pool, bucket), expected, "bucket");
        (uint16 capacity, , , ) = network.poolForBooking(pool);
        assertLe(expected, capacity, "capacity");
    }
}
