// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Cohort} from "../../../contracts/types/Reservations.sol";
import {PoolId} from "../../../contracts/types/Ids.sol";
import {NetworkFixture} from "../NetworkFixture.sol";

/// @dev Gas of paths and of bookings as the allocation contract pays for them. Isolated runs measure whole
/// transactions; a plain run measures less and only checks the targets.
contract NetworkGasTest is NetworkFixture {
    /// @dev Word-aligned, 16 buckets.
    uint64 private constant ALIGNED = NOW + FOUR_HOURS;
    /// @dev 17 buckets in two words.
    uint64 private constant UNALIGNED = NOW + FOUR_HOURS + 450;

    function setUp() public {
        setUpNetwork();
        vm.warp(NOW + 1);
    }

    function test_ReservePath_1Link() public {
        measurePath(1, ALIGNED, "path 1 link, 16 buckets", 85_000, 68_000);
    }

    function test_ReservePath_4Links() public {
        measurePath(4, ALIGNED, "path 4 links, 16 buckets", 163_000, 94_000);
    }

    function test_ReservePath_12Links() public {
        measurePath(12, ALIGNED, "path 12 links, 16 buckets", 366_000, 161_000);
    }

    function test_ReservePath_1LinkUnaligned() public {
        measurePath(1, UNALIGNED, "path 1 link, 17 buckets", 110_000, 75_000);
    }

    function test_ReservePath_4LinksUnaligned() public {
        measurePath(4, UNALIGNED, "path 4 links, 17 buckets", 258_000, 120_000);
    }

    function test_ReservePath_12LinksUnaligned() public {
        measurePath(12, UNALIGNED, "path 12 links, 17 buckets", 648_000, 237_000);
    }

    function test_ReleasePath_12Links() public {
        vm.prank(operator);
        network.reservePath(chain(1, 12), ALIGNED, ALIGNED + FOUR_HOURS, 2);
        vm.prank(operator);
        network.releasePath(chain(1, 12), ALIGNED, ALIGNED + FOUR_HOURS, 2);
        record("release path 12 links, 16 buckets", 132_000);
    }

    function test_Book_AtFixedPrice() public {
        measureBook(FIXED, ALIGNED, "network book 4h, fixed price", 55_000, 38_000);
    }

    function test_Book_AtDemandPrice() public {
        measureBook(CURVED, ALIGNED, "network book 4h, demand price", 86_000, 51_000);
    }

    function test_Book_AtDemandPriceAndOnce() public {
        measureBook(CURVED, NOW + 1, "network book 4h, demand price, at once", 116_000, 64_500);
    }

    function test_Book_InQuota() public {
        setQuotas(FIXED, 30, 20);
        measureBook(FIXED, ALIGNED, "network book 4h, in quota", 85_000, 50_500);
    }

    function measurePath(uint32 links, uint64 start, string memory name, uint256 first, uint256 warm) private {
        vm.prank(operator);
        network.reservePath(chain(1, links), start, start + FOUR_HOURS, 1);
        record(string.concat(name, ", first"), first);
        vm.prank(operator);
        network.reservePath(chain(1, links), start, start + FOUR_HOURS, 2);
        record(string.concat(name, ", warm"), warm);
    }

    function measureBook(PoolId pool, uint64 start, string memory name, uint256 first, uint256 warm) private {
        network.book(pool, Cohort.Research, start, start + FOUR_HOURS, 5);
        record(string.concat(name, ", first"), first);
        network.book(pool, Cohort.Research, start, start + FOUR_HOURS, 6);
        record(string.concat(name, ", warm"), warm);
    }

    function record(string memory name, uint256 target) private {
        uint256 gas = vm.snapshotGasLastCall("gas", name);
        assertLe(gas, target, name);
    }
}
