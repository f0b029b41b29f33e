// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LinkId, PoolId} from "../../../contracts/types/Ids.sol";
import {Bond} from "../../../contracts/types/Money.sol";
import {Cohort, Member, Reservation, Status} from "../../../contracts/types/Reservations.sol";
import {RealmFixture} from "../RealmFixture.sol";
import {CountedCalls} from "./CountedCalls.sol";
import {LedgerBook} from "./LedgerBook.sol";
import {LedgerHandler} from "./LedgerHandler.sol";

/// @dev What holds after any sequence of calls. A call that reverts fails the run (failOnRevert), and afterInvariant
/// checks that enough calls really did something.
contract LedgerInvariantTest is RealmFixture, CountedCalls {
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
        LedgerBook.Entry[] memory all = handler.entries();
        for (uint256 i = 0; i < all.length; ++i) {
            Reservation memory kept = all[i].kept;
            bool open = kept.status == Status.Requested || kept.status == Status.Granted || kept.status == Status.Ended;
            assertEq(kept.client, all[i].client, "client");
            assertEq(kept.payer, open ? all[i].payer : address(0), "payer");
            if (!open) assertEq(kept.price, 0, "a final reservation has no price");
            for (uint256 a = 0; a < accounts.length; ++a) if (accounts[a] == kept.payer) sums[a] += kept.price;
        }
        for (uint256 a = 0; a < accounts.length; ++a) assertEq(treasury.escrowOf(accounts[a]), sums[a], "escrow");
    }

    /// @dev booked(bucket) = sum of slots of the bookings that hold it <= capacity; likewise by quota and link.
    function invariant_CalendarIsExactAndNeverOverBooked() public view {
        LedgerBook.Entry[] memory all = handler.entries();
        for (uint256 i = 0; i < all.length; ++i) {
            (uint64 first, uint64 last) = (all[i].first, all[i].last);
            checkBucket(all, all[i].kept.pool, first);
            if (first < last) checkBucket(all, all[i].kept.pool, (first + last) / 2);
            if (first <= last) checkBucket(all, all[i].kept.pool, last + 1);
        }
    }

    /// @dev openSlots, openReservations = sums over the client's reservations that are Requested or stored Granted.
    function invariant_OpenSlotsAreExact() public view {
        LedgerBook.Entry[] memory all = handler.entries();
        address[] memory accounts = handler.accounts();
        for (uint256 c = 0; c < 4; ++c) {
            address account = accounts[c];
            uint256 slots = 0;
            uint256 open = 0;
            for (uint256 i = 0; i < all.length; ++i) {
                Reservation memory kept = all[i].kept;
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
        LedgerBook.Entry[] memory all = handler.entries();
        address[] memory accounts = handler.accounts();
        for (uint256 i = 0; i < all.length; ++i) {
            Reservation memory kept = all[i].kept;
            if (kept.payer == address(0)) continue;
            uint256 shares = 0;
            uint256 takes = 0;
            for (uint256 c = 0; c < 4; ++c) {
                Member memory member = allocation.memberOf(all[i].id, accounts[c]);
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
        checkEach(address(handler), operations());
    }

    function afterInvariant() public {
        checkRun("Ledger", address(handler), operations(), MIN_CALLS);
    }

    function operations() private pure returns (bytes32[] memory) {
        return
            listOf(
                abi.encode(
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
                    ]
                )
            );
    }

    function checkBucket(LedgerBook.Entry[] memory all, PoolId pool, uint64 bucket) private view {
        uint256[8] memory sums;
        for (uint256 i = 0; i < all.length; ++i) {
            LedgerBook.Entry memory entry = all[i];
            if (bucket < entry.first || entry.last < bucket) continue;
            uint256 slots = entry.kept.slots;
            bool same = PoolId.unwrap(entry.kept.pool) == PoolId.unwrap(pool);
            if (same) sums[0] += slots;
            if (same && entry.quota != 0) sums[entry.quota] += slots;
            if (entry.path == 1) sums[6] += slots;
            if (entry.path == 2) sums[7] += slots;
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
