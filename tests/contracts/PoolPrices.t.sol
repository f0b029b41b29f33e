// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {Cohort} from "../../contracts/types/Reservations.sol";
import {NetworkFixture} from "./NetworkFixture.sol";

/// @dev The price as a booking meets it: lead, share, decay, and orders cut into parts.
contract PoolPricesTest is NetworkFixture {
    uint64 private constant LATER = NOW + FOUR_HOURS;

    struct Part {
        uint64 start;
        uint64 end;
        uint32 slots;
    }

    Part[] private parts;

    function setUp() public {
        setUpNetwork();
    }

    function test_Book_tellsTheExcess() public {
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.ExcessChanged(CURVED, 10 * 900);
        book(CURVED, LATER, 900, 10);
        assertEq(network.excessOf(CURVED), 9000, "excess");
        book(CURVED, LATER, 900, 10);
        assertEq(network.excessOf(CURVED), 18_000, "adds up");
        vm.warp(NOW + 100);
        assertEq(network.excessOf(CURVED), 18_000 - 100 * TARGET, "falls");
        book(CURVED, LATER, 1, 1);
        assertEq(network.excessOf(CURVED), 18_001 - 100 * TARGET, "from there");
        vm.warp(NOW + 10_000);
        assertEq(network.excessOf(CURVED), 0, "never below");
        assertEq(network.spotPriceWad(CURVED), FLOOR * 1e18, "floor");
    }

    function test_Book_AtFixedPrice_leavesNoExcess() public {
        book(FIXED, LATER, 900, 10);
        assertEq(network.excessOf(FIXED), 0, "excess");
        assertEq(network.spotPriceWad(FIXED), FLOOR * 1e18, "price");
    }

    function test_Book_EarlyPaysTheWholePrice() public {
        // 1e9 * (e^0.09 - 1) wei.
        assertEq(book(CURVED, NOW + 3600, 900, 100), 94_174_284, "early");
        assertEq(network.spotPriceWad(CURVED), 1000 * 1_094_174_283_705_210_357, "and moves the price");
    }

    function test_Book_AtOnceInAnEmptyBucketPaysTheFloor() public {
        assertEq(book(CURVED, NOW, 900, 50), 50 * 900 * FLOOR, "empty");
        // Half is booked: half of the premium of 1e9 * (e^0.09 - e^0.045) over 45e6.
        assertEq(book(CURVED, NOW, 900, 50), 46_573_212, "half full");
    }

    function test_Book_HalfAnHourAheadPaysHalfThePremium() public view {
        uint256 base = 900 * 50 * FLOOR;
        uint256 early = network.quote(CURVED, Cohort.Open, NOW + 3600, NOW + 4500, 50);
        uint256 half = network.quote(CURVED, Cohort.Open, NOW + 1800, NOW + 2700, 50);
        assertEq(half, base + (early - base + 1) / 2, "half");
    }

    /// @dev The emptiest bucket of the window counts: else the part in it would be cheaper on its own.
    function test_Book_AcrossAFullAndAnEmptyBucketPaysAsInTheEmptyOne() public {
        book(CURVED, NOW, 900, 80);
        assertEq(book(CURVED, NOW, 1800, 10), 10 * 1800 * FLOOR, "the floor");
        assertLe(10 * 900 * FLOOR + 1, network.quote(CURVED, Cohort.Open, NOW, NOW + 900, 10), "the full one alone");
    }

    function test_BookMore_paysForTheLeadOfItsEnd() public {
        book(CURVED, NOW, 4500, 10);
        uint256 excess = network.excessOf(CURVED);
        uint256 price = network.bookMore(CURVED, Cohort.Open, false, NOW + 4500, NOW + 5400, 10);
        assertLe(10 * 900 * FLOOR + 1, price, "not the floor, although it began at once");
        assertEq(network.excessOf(CURVED), excess + 9000, "excess");
    }

    function test_Book_WhenDriven_isRefused() public {
        for (uint256 i = 0; i < 14; ++i) book(CURVED, LATER + uint64(i) * FOUR_HOURS, FOUR_HOURS, 99);
        uint256 exponent = (uint256(network.excessOf(CURVED) + FOUR_HOURS * 99) * 1e18) / SCALE;
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_PriceTooHigh.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, CURVED, exponent, 20e18));
        book(CURVED, LATER + 14 * FOUR_HOURS, FOUR_HOURS, 99);
        vm.warp(NOW + 3600);
        book(CURVED, LATER + 14 * FOUR_HOURS, 900, 1);
    }

    function testFuzz_Quote_equalsTheCharge(uint256 seed) public {
        for (uint256 i = 0; i < 6; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint64 start = NOW + uint64(seed % 7200);
            uint64 length = uint64(bound(seed >> 64, 1, FOUR_HOURS));
            uint32 slots = uint32(bound(seed >> 128, 1, 15));
            uint256 quoted = network.quote(CURVED, Cohort.Open, start, start + length, slots);
            assertEq(book(CURVED, start, length, slots), quoted, "charge");
            vm.warp(NOW + i * 60);
        }
    }

    /// @dev An order cut by time and slots, in any order within a block, never costs less than as a whole.
    function testFuzz_Book_splitIsNeverCheaper(uint256 seed) public {
        for (uint256 i = 0; i < 3; ++i) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            book(
                CURVED,
                NOW + uint64(random % 5400),
                uint64(bound(random >> 64, 1, 5400)),
                uint32(bound(random >> 128, 1, 20))
            );
        }
        uint64 start = NOW + uint64((seed >> 80) % 1200);
        uint64 end = start + uint64(bound(seed >> 96, 2, 7200));
        // Eight parts at most, which may all share a bucket.
        uint32 slots = uint32(bound(seed >> 112, 2, 5));
        uint256 whole = network.quote(CURVED, Cohort.Open, start, end, slots);
        cut(Part(start, end, slots), seed >> 128, 3);
        uint256 sum = 0;
        while (parts.length != 0) {
            uint256 pick = uint256(keccak256(abi.encode(seed, parts.length))) % parts.length;
            Part memory part = parts[pick];
            parts[pick] = parts[parts.length - 1];
            parts.pop();
            sum += book(CURVED, part.start, part.end - part.start, part.slots);
        }
        assertLe(whole, sum, "parts");
    }

    /// @dev A booking made longer at once costs at least what it would have cost as a whole.
    function testFuzz_BookMore_isNeverCheaper(uint256 seed) public {
        book(CURVED, NOW + uint64(seed % 7200), uint64(bound(seed >> 16, 1, FOUR_HOURS)), 30);
        uint64 start = NOW + uint64((seed >> 32) % 7200);
        uint64 end = start + uint64(bound(seed >> 48, 1, 7200));
        uint64 newEnd = end + uint64(bound(seed >> 64, 1, 7200));
        uint32 slots = uint32(bound(seed >> 80, 1, 60));
        uint256 whole = network.quote(CURVED, Cohort.Open, start, newEnd, slots);
        uint256 sum = book(CURVED, start, end - start, slots);
        sum += network.bookMore(CURVED, Cohort.Open, false, end, newEnd, slots);
        assertLe(whole, sum, "extended");
    }

    function cut(Part memory part, uint256 random, uint256 depth) private {
        bool byTime = random % 2 == 0;
        if (depth == 0 || (byTime ? part.end - part.start : part.slots) < 2) {
            parts.push(part);
            return;
        }
        Part memory other = Part(part.start, part.end, part.slots);
        if (byTime) {
            part.end = uint64(bound(random >> 1, part.start + 1, part.end - 1));
            other.start = part.end;
        } else {
            part.slots = uint32(bound(random >> 1, 1, part.slots - 1));
            other.slots -= part.slots;
        }
        cut(part, random >> 17, depth - 1);
        cut(other, random >> 33, depth - 1);
    }
}
