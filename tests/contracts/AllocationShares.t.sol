// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {Member, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branches share, acceptShare, leaveShare, take.
contract AllocationSharesTest is AllocationFixture {
    address private immutable ann = address(0xA22);
    address private immutable bob = address(0xB0B);
    Terms private terms;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp);
        requestGranted(terms);
    }

    function test_Share_offersAndTells() public {
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ShareOffered(ID, ann, 400_000);
        offer(ann, 400_000);
        assertMember(ann, 400_000, false, 0);
        assertEq(allocation.reservation(ID).sharedPpm, 0, "nothing is shared without consent");
        expectNotClient(ID, ann, client);
        takeAs(ann, 1);
        assertEq(allocation.takeTokens(ID, ann), 0, "no takes without consent");
        assertEq(allocation.takeTokens(ID, client), 15, "the client has all");
        offer(ann, 0);
        expectNoOffer(ann);
        accept(ann);
    }

    function test_Share_WhenRequested_offers() public {
        requestAs(client, ID2, terms, costOf(terms));
        vm.prank(client);
        allocation.share(ID2, ann, 1);
        vm.prank(ann);
        allocation.acceptShare(ID2);
        assertEq(allocation.reservation(ID2).sharedPpm, 1, "shared before it is granted");
    }

    function test_Share_WhenMemberBad_reverts() public {
        address[2] memory bad = [address(0), client];
        for (uint256 i = 0; i < 2; ++i) {
            bytes4 selector = IParticleAllocation.ParticleAllocation_BadMember.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, ID, bad[i]));
            offer(bad[i], 1);
        }
    }

    function test_Share_WhenTooMuch_reverts() public {
        expectShareRange(1_000_001, 1_000_000);
        offer(ann, 1_000_001);
        offer(ann, 700_000);
        accept(ann);
        expectShareRange(300_001, 300_000);
        offer(bob, 300_001);
        expectShareRange(1, 0);
        offer(ann, 1);
        offer(bob, 300_000);
    }

    function test_Share_WhenOver_reverts() public {
        offer(bob, 1);
        vm.warp(start + 600);
        expectWrongStatus(Status.Ended);
        offer(ann, 1);
        expectWrongStatus(Status.Ended);
        accept(bob);
    }

    function test_AcceptShare_consentsAndTells() public {
        offer(ann, 400_000);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ShareAccepted(ID, ann, 400_000);
        accept(ann);
        offer(bob, 100_000);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ShareAccepted(ID, bob, 500_000);
        accept(bob);
        assertMember(ann, 400_000, true, 0);
        assertEq(allocation.reservation(ID).sharedPpm, 500_000, "sum");
    }

    function test_AcceptShare_WhenNotOffered_reverts() public {
        expectNoOffer(ann);
        accept(ann);
        offer(ann, 5);
        accept(ann);
        expectNoOffer(ann);
        accept(ann);
    }

    /// @dev Offers may exceed the whole together; consents may not.
    function test_AcceptShare_WhenNoLongerFree_reverts() public {
        offer(ann, 600_000);
        offer(bob, 600_000);
        accept(ann);
        expectShareRange(600_000, 400_000);
        accept(bob);
    }

    function test_LeaveShare_givesItBack() public {
        offer(ann, 400_000);
        expectNoOffer(ann);
        leave(ann);
        accept(ann);
        takeAs(ann, 6);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ShareLeft(ID, ann, 0);
        leave(ann);
        assertMember(ann, 0, false, 6);
        expectNotClient(ID, ann, client);
        takeAs(ann, 1);
        // What the member took counts as the client's now.
        assertEq(allocation.takeTokens(ID, client), 9, "client");
        expectNoOffer(ann);
        leave(ann);
    }

    /// @dev A member that leaves and comes back has not gained a second share.
    function test_LeaveShare_WhenJoiningAgain_keepsTheTakes() public {
        offer(ann, 400_000);
        accept(ann);
        takeAs(ann, 6);
        leave(ann);
        offer(ann, 400_000);
        accept(ann);
        assertEq(allocation.takeTokens(ID, ann), 0, "spent");
        assertEq(allocation.takeTokens(ID, client), 9, "client");
        vm.warp(start + 5);
        // 15 + 2.5 takes allowed: 40 % are 7.
        assertEq(allocation.takeTokens(ID, ann), 1, "later");
    }

    /// @dev 40 % of 15 are 6; 60 % are 9. After a minute 45 are allowed: 18 and 27, and 15 in the bucket.
    function test_Take_WhenShared_isBoundedByTheShare() public {
        offer(ann, 400_000);
        accept(ann);
        expectShareExceeded(ann, 7, 6);
        takeAs(ann, 7);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.TakeRequested(ID, ann, 1, 4, 11_000, 4);
        takeAs(ann, 4);
        expectShareExceeded(client, 10, 9);
        takeAs(client, 10);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.TakeRequested(ID, client, 5, 9, 2_000, 0);
        takeAs(client, 9);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.TakeRequested(ID, ann, 14, 2, 0, 6);
        takeAs(ann, 2);
        expectTakeRate(1, 0);
        takeAs(ann, 1);
        vm.warp(start + 60);
        assertEq(allocation.takeTokens(ID, ann), 12, "member: 18 - 6");
        assertEq(allocation.takeTokens(ID, client), 15, "client: 27 - 9, and 15 in the bucket");
        takeAs(client, 10);
        assertEq(allocation.takeTokens(ID, ann), 5, "both draw from one bucket");
        assertMember(ann, 400_000, true, 6);
        assertEq(allocation.reservation(ID).takes, 25, "takes of both");
    }

    /// @dev A client that took much before it shared waits until its own part has caught up.
    function test_Take_WhenClientTookBeforeSharing_waits() public {
        takeAs(client, 15);
        offer(ann, 500_000);
        accept(ann);
        vm.warp(start + 10);
        assertEq(allocation.takeTokens(ID, client), 0, "client: half of 20 is less than 15");
        expectShareExceeded(client, 1, 0);
        takeAs(client, 1);
        assertEq(allocation.takeTokens(ID, ann), 5, "member: what has come in");
    }

    /// @dev Shares round down: nobody gets a fraction of a take.
    function test_Take_WhenShareIsSmall_roundsDown() public {
        offer(ann, 66_666);
        accept(ann);
        assertEq(allocation.takeTokens(ID, ann), 0, "0.99999 of a take");
        vm.warp(start + 1);
        assertEq(allocation.takeTokens(ID, ann), 1, "1.03 takes");
        assertEq(allocation.takeTokens(ID, stranger), 0, "a stranger");
    }

    /// @dev Whatever the shares: all together never take more than the entitlement has allowed.
    function testFuzz_Take_WhenShared_staysWithinTheEntitlement(uint256 seed) public {
        address[3] memory takers = [ann, bob, client];
        offer(ann, uint32(bound(seed, 1, 500_000)));
        offer(bob, uint32(bound(seed >> 32, 1, 500_000)));
        accept(ann);
        accept(bob);
        uint256 taken = 0;
        for (uint256 i = 0; i < 12; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(block.timestamp + (seed % 40));
            address taker = takers[(seed >> 16) % 3];
            uint32 tokens = allocation.takeTokens(ID, taker);
            if (tokens == 0) continue;
            uint32 count = uint32(bound(seed >> 32, 1, tokens));
            takeAs(taker, count);
            taken += count;
            assertLe(taken * 60, 15 * 60 + (block.timestamp - start) * 30, "allowed until now");
        }
        assertEq(allocation.reservation(ID).takes, taken, "takes");
    }

    function offer(address member, uint32 sharePpm) private {
        vm.prank(client);
        allocation.share(ID, member, sharePpm);
    }

    function accept(address member) private {
        vm.prank(member);
        allocation.acceptShare(ID);
    }

    function leave(address member) private {
        vm.prank(member);
        allocation.leaveShare(ID);
    }

    function assertMember(address member, uint32 sharePpm, bool accepted, uint32 takes) private view {
        Member memory kept = allocation.memberOf(ID, member);
        assertEq(kept.sharePpm, sharePpm, "share");
        assertTrue(kept.accepted == accepted, "accepted");
        assertEq(kept.takes, takes, "takes");
    }

    function expectNoOffer(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NoOffer.selector, ID, caller));
    }

    function expectShareRange(uint32 sharePpm, uint32 free) private {
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_ShareOutOfRange.selector, ID, sharePpm, free)
        );
    }

    function expectShareExceeded(address taker, uint32 wanted, uint32 available) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_ShareExceeded.selector,
                ID,
                taker,
                wanted,
                available
            )
        );
    }
}
