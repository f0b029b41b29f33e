// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LinkId, PoolId, ReservationId} from "../../../contracts/types/Ids.sol";
import {Bond} from "../../../contracts/types/Money.sol";
import {Cohort, Member, Reservation, Status} from "../../../contracts/types/Reservations.sol";
import {RealmFixture} from "../RealmFixture.sol";
import {LedgerHandler} from "./LedgerHandler.sol";

/// @dev What holds after any sequence of calls. A call that reverts fails the run (failOnRevert), and afterInvariant
/// checks that enough calls really did something.
contract LedgerInvariantTest is RealmFixture {
    /// @dev A run makes 64 calls, some of which make others first; those that find nothing to do do not count.
    uint256 private constant MIN_CALLS = 48;

    LedgerHandler private handler;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        handler = new LedgerHandler(allocation, treasury, network, address(hub));
        vm.startPrank(admin);
        allocation.setCohort(handler.clientAt(0), Cohort.Research);
        allocation.setCohort(handler.clientAt(1), Cohort.Education);
        vm.stopPrank();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev sum of credits + escrows + bonds = balance = paid in - paid out.
    function invariant_MoneyIsConserved() public view {
        uint256 sum = 0;
        address[] memory accounts = handler.accounts();
        for (uint256 i = 0; i < accounts.length; ++i) {
            Bond memory bond = treasury.bondOf(accounts[i]);
            sum += uint256(treasury.creditOf(accounts[i])) + treasury.escrowOf(accounts[i]);
            sum += uint256(bond.free) + bond.locked + bond.unbonding;
        }
        assertEq(sum, address(treasury).balance, "credits + escrows + bonds = balance");
        assertEq(handler.paidIn() - handler.paidOut(), address(treasury).balance, "in - out");
    }

    /// @dev escrow(payer) = sum of the prices of its reservations that are not final.
    function invariant_EscrowIsTheSumOfOpenPrices() public view {
        address[] memory accounts = handler.accounts();
        uint256[] memory sums = new uint256[](accounts.length);
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            ReservationId id = handler.ids(i);
            Reservation memory kept = allocation.reservation(id);
            bool open = kept.status == Status.Requested || kept.status == Status.Granted || kept.status == Status.Ended;
            assertEq(kept.client, handler.clientOf(id), "client");
            assertEq(kept.payer, open ? handler.payerOf(id) : address(0), "payer");
            if (!open) assertEq(kept.price, 0, "a final reservation has no price");
            for (uint256 a = 0; a < accounts.length; ++a) if (accounts[a] == kept.payer) sums[a] += kept.price;
        }
        for (uint256 a = 0; a < accounts.length; ++a) assertEq(treasury.escrowOf(accounts[a]), sums[a], "escrow");
    }

    /// @dev booked(bucket) = sum of slots of the bookings that hold it <= capacity; likewise by quota and link.
    function invariant_CalendarIsExactAndNeverOverBooked() public view {
        uint256 count = handler.idCount();
        Reservation[] memory kept = new Reservation[](count);
        for (uint256 i = 0; i < count; ++i) kept[i] = allocation.reservation(handler.ids(i));
        for (uint256 i = 0; i < count; ++i) {
            uint64 first = kept[i].start / 900;
            uint64 last = (handler.heldUntil(handler.ids(i)) - 1) / 900;
            checkBucket(kept, kept[i].pool, first);
            checkBucket(kept, kept[i].pool, (first + last) / 2);
            checkBucket(kept, kept[i].pool, last + 1);
        }
    }

    /// @dev openSlots, openReservations = sums over the client's reservations that are Requested or stored Granted.
    function invariant_OpenSlotsAreExact() public view {
        for (uint256 c = 0; c < 4; ++c) {
            address account = handler.clientAt(c);
            uint256 slots = 0;
            uint256 open = 0;
            for (uint256 i = 0; i < handler.idCount(); ++i) {
                Reservation memory kept = allocation.reservation(handler.ids(i));
                bool counts = kept.status == Status.Requested || kept.status == Status.Granted;
                if (!counts || kept.client != account) continue;
                slots += kept.slots;
                ++open;
            }
            assertEq(allocation.clientOf(account).openSlots, slots, "open slots");
            assertEq(allocation.clientOf(account).openReservations, open, "open reservations");
        }
    }

    /// @dev sum of accepted shares = sharedPpm <= 1,000,000, and members' takes <= all takes.
    function invariant_SharesNeverExceedTheWhole() public view {
        for (uint256 i = 0; i < handler.idCount(); ++i) {
            ReservationId id = handler.ids(i);
            Reservation memory kept = allocation.reservation(id);
            if (kept.payer == address(0)) continue;
            uint256 shares = 0;
            uint256 takes = 0;
            for (uint256 c = 0; c < 4; ++c) {
                Member memory member = allocation.memberOf(id, handler.clientAt(c));
                if (member.accepted) shares += member.sharePpm;
                if (member.accepted) takes += member.takes;
            }
            assertEq(kept.sharedPpm, shares, "shared");
            assertLe(shares, 1_000_000, "the whole");
            assertLe(takes, kept.takes, "takes");
        }
    }

    /// @dev Each operation really happens within a fixed course of calls; one that never did would prove nothing.
    function test_EachOperation_happens() public {
        for (uint256 i = 0; i < 6; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("course", i)));
            handler.request(seed);
            handler.requestGroup(seed >> 1);
            handler.requestPath(seed >> 2);
            handler.decide(seed, i % 3 != 2);
            handler.share(seed, 300_000);
            handler.share(seed, 200_000);
            handler.take(seed);
            handler.extend(seed);
            handler.reopen(seed);
            handler.cancel(seed);
            handler.release(seed >> 3);
            handler.settle(seed, seed);
            handler.sponsor(seed);
            handler.requestSigned(seed >> 4);
            handler.bond(seed);
            handler.expire(seed);
            handler.refundExpired(seed >> 5);
            handler.withdraw(i);
            handler.pass(seed);
        }
        bytes32[20] memory names = operations();
        for (uint256 i = 0; i < names.length; ++i) {
            assertTrue(handler.calls(names[i]) != 0, string(abi.encodePacked(names[i])));
        }
    }

    /// @dev A run in which nothing happened proves nothing.
    function afterInvariant() public view {
        bytes32[20] memory names = operations();
        uint256 done = 0;
        for (uint256 i = 0; i < names.length; ++i) done += handler.calls(names[i]);
        assertLe(MIN_CALLS, done, "calls that did something");
    }

    function operations() private pure returns (bytes32[20] memory) {
        return
            [
                bytes32("request"),
                "signed",
                "group",
                "path",
                "extend",
                "grant",
                "refuse",
                "reopen",
                "share",
                "leave",
                "take",
                "release",
                "cancel",
                "expire",
                "settle",
                "refundExpired",
                "withdraw",
                "sponsor",
                "bond",
                "pass"
            ];
    }

    function checkBucket(Reservation[] memory kept, PoolId pool, uint64 bucket) private view {
        uint256[8] memory sums;
        for (uint256 i = 0; i < kept.length; ++i) {
            ReservationId id = handler.ids(i);
            uint64 until = handler.heldUntil(id);
            bool holds = until > kept[i].start && kept[i].start / 900 <= bucket && bucket <= (until - 1) / 900;
            if (!holds) continue;
            if (kept[i].pool == pool) sums[0] += kept[i].slots;
            if (kept[i].pool == pool && handler.quotaOf(id) != 0) sums[handler.quotaOf(id)] += kept[i].slots;
            if (handler.pathOf(id) == 1) sums[6] += kept[i].slots;
            if (handler.pathOf(id) == 2) sums[7] += kept[i].slots;
        }
        for (uint8 cohort = 0; cohort <= 5; ++cohort) {
            assertEq(lane(network.calendarWord(pool, cohort, bucket >> 4), bucket), sums[cohort], "bucket");
        }
        assertEq(lane(network.linkWord(LinkId.wrap(1), bucket >> 4), bucket), sums[6], "link 1");
        assertEq(lane(network.linkWord(LinkId.wrap(2), bucket >> 4), bucket), sums[7], "link 2");
        assertEq(lane(network.linkWord(LinkId.wrap(3), bucket >> 4), bucket), sums[7], "link 3");
        uint32[5] memory capacities = [CAPACITY, 32_767, 200, CAPACITY, 100];
        assertLe(sums[0], capacities[PoolId.unwrap(pool) - 1], "capacity");
    }

    function lane(uint256 word, uint64 bucket) private pure returns (uint256) {
        return uint16(word >> (16 * (bucket & 15)));
    }
}
