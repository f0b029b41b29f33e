// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {LinkId, ReservationId} from "../../contracts/types/Ids.sol";
import {GrantOutcome, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branch requestPath. Which paths there are: the network's own tests.
contract AllocationPathTest is AllocationFixture {
    LinkId private constant FIRST = LinkId.wrap(2);
    LinkId private constant SECOND = LinkId.wrap(3);

    Terms private terms;
    LinkId[] private links;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp);
        links.push(FIRST);
        links.push(SECOND);
    }

    function test_RequestPath_booksPoolAndLinks() public {
        requestPath(ID);
        assertEq(lanesIn(FIRST, start / 900), 15, "first link");
        assertEq(lanesIn(SECOND, start / 900), 15, "second link");
        assertEq(bookedIn(POOL, start / 900), 15, "pool");
        assertTrue(allocation.reservation(ID).hasPath, "has a path");
        (LinkId[] memory kept, uint16 lanes) = network.pathOf(ID);
        assertEq(kept.length, 2, "links");
        assertEq(lanes, 15, "lanes");
        assertMoney(0, 0, costOf(terms));
    }

    /// @dev A link without room: nothing is booked, the pool neither.
    function test_RequestPath_WhenALinkIsFull_booksNothing() public {
        requestPath(ID);
        terms.slots = 6;
        uint64 bucket = start / 900;
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_LinkFull.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, FIRST, bucket, 5, 6));
        requestPath(ID2);
        assertStatus(ID2, Status.None);
        assertEq(bookedIn(POOL, bucket), 15, "pool");
        assertEq(lanesIn(SECOND, bucket), 15, "second link");
    }

    function test_RequestPath_WhenItMissesThePool_reverts() public {
        links.pop();
        vm.prank(client);
        vm.expectRevert(
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_PathMissesPool.selector, POOL, 1, 3)
        );
        allocation.requestPath{value: 1 ether}(ID, terms, links);
    }

    function test_RequestPath_WhenPaused_reverts() public {
        vm.prank(admin);
        registry.pause(1);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_Paused.selector, 1));
        requestPath(ID);
    }

    function test_Path_WhenCancelled_isFreed() public {
        requestPath(ID);
        cancel();
        assertFree(0);
    }

    function test_Path_WhenRefused_isFreed() public {
        requestPath(ID);
        decide(ID, GrantOutcome.PoolExhausted);
        assertFree(0);
    }

    function test_Path_WhenExpired_isFreed() public {
        requestPath(ID);
        vm.warp(start + DECISION_SECONDS + 1);
        allocation.expire(ID);
        assertFree(0);
    }

    /// @dev A release frees the links in the buckets that have not begun, as it does the pool.
    function test_Path_WhenReleased_freesBucketsNotBegun() public {
        terms.duration = 3600;
        requestPath(ID);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 901);
        release();
        for (uint64 i = 0; i < 4; ++i) {
            uint256 expected = i < 2 ? 15 : 0;
            assertEq(lanesIn(FIRST, start / 900 + i), expected, "first link");
            assertEq(lanesIn(SECOND, start / 900 + i), expected, "second link");
            assertEq(bookedIn(POOL, start / 900 + i), expected, "pool");
        }
    }

    function test_Extend_WhenItHasAPath_reverts() public {
        requestPath(ID);
        decide(ID, GrantOutcome.Granted);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_PathFixed.selector, ID));
        vm.prank(client);
        allocation.extend(ID, 60, 1 ether);
    }

    function assertFree(uint64 bucket) private view {
        assertEq(lanesIn(FIRST, start / 900 + bucket), 0, "first link");
        assertEq(lanesIn(SECOND, start / 900 + bucket), 0, "second link");
        assertEq(bookedIn(POOL, start / 900 + bucket), 0, "pool");
        assertMoney(costOf(terms), 0, 0);
    }

    function requestPath(ReservationId id) private {
        vm.prank(client);
        allocation.requestPath{value: costOf(terms)}(id, terms, links);
    }

    function lanesIn(LinkId link, uint64 bucket) private view returns (uint16) {
        return uint16(network.linkWord(link, bucket >> 4) >> (16 * (bucket & 15)));
    }
}
