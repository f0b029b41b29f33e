// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {GrantOutcome, Reservation, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Every step that {Status} does not name, in every state: refused, or skipped when a report asks for it, and
/// nothing changes. "Granted ahead" and "active" are Granted before and after the start; "over" is Granted after the
/// end; "released" is stored Ended.
contract ForbiddenTransitionsTest is AllocationFixture {
    uint128 private constant PROMISED = 15 * 600 * 1_000_000;

    Terms private terms;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp) + 1000;
        terms.start = start;
    }

    /// @dev None: only a request leaves it.
    function test_None() public {
        skipsDecisions(Status.None);
        skipsLine(Status.None);
        refusesExpire(Status.None);
        refusesRefund(Status.None);
        expectNotClient(ID, client, address(0));
        cancel();
        expectNotClient(ID, client, address(0));
        release();
    }

    /// @dev Requested: not released, settled, refunded, reopened, used, extended.
    function test_Requested() public {
        request(terms);
        refusesRelease(Status.Requested);
        refusesRefund(Status.Requested);
        refusesUse(Status.Requested);
        skipsLine(Status.Requested);
        skipsReopen(Status.Requested);
        vm.warp(start + 10_000);
        refusesRelease(Status.Requested);
        refusesRefund(Status.Requested);
        skipsLine(Status.Requested);
    }

    /// @dev Granted ahead: not decided again, expired, settled, refunded, used.
    function test_GrantedAhead() public {
        requestGranted(terms);
        skipsDecide(Status.Granted);
        skipsLine(Status.Granted);
        refusesExpire(Status.Granted);
        refusesEarlyRefund();
        bytes4 selector = IParticleAllocation.ParticleAllocation_NotActive.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, ID, Status.Granted));
        takeAs(client, 1);
    }

    /// @dev Active: as ahead, and not cancelled.
    function test_Active() public {
        requestGranted(terms);
        vm.warp(start + 300);
        skipsDecide(Status.Granted);
        skipsLine(Status.Granted);
        refusesExpire(Status.Granted);
        refusesEarlyRefund();
        refusesCancel(Status.Granted);
    }

    /// @dev Over: only settled, refunded after the grace, or reopened.
    function test_Over() public {
        requestGranted(terms);
        vm.warp(start + 600);
        skipsDecide(Status.Ended);
        refusesExpire(Status.Ended);
        refusesEarlyRefund();
        refusesCancel(Status.Ended);
        refusesRelease(Status.Ended);
        refusesUse(Status.Ended);
    }

    /// @dev Released: only settled, or refunded after the grace.
    function test_Released() public {
        requestGranted(terms);
        vm.warp(start + 300);
        release();
        skipsDecisions(Status.Ended);
        refusesExpire(Status.Ended);
        refusesCancel(Status.Ended);
        refusesRelease(Status.Ended);
        refusesUse(Status.Ended);
        vm.warp(start + 10_000);
        skipsDecisions(Status.Ended);
        refusesRelease(Status.Ended);
    }

    function test_Refused() public {
        request(terms);
        decide(ID, GrantOutcome.PoolExhausted);
        refusesAll(Status.Refused);
    }

    function test_Settled() public {
        requestGranted(terms);
        vm.warp(start + 600);
        settleLine(ID, PROMISED);
        refusesAll(Status.Settled);
    }

    function test_Cancelled() public {
        requestGranted(terms);
        cancel();
        refusesAll(Status.Cancelled);
    }

    function test_Expired() public {
        request(terms);
        vm.warp(block.timestamp + DECISION_SECONDS + 1);
        allocation.expire(ID);
        refusesAll(Status.Expired);
    }

    function test_Refunded() public {
        requestGranted(terms);
        vm.warp(start + 600 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
        refusesAll(Status.Refunded);
    }

    /// @dev A final state is never left, at once or long after.
    function refusesAll(Status status) private {
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 before = fingerprint();
            skipsDecisions(status);
            skipsLine(status);
            refusesExpire(status);
            refusesRefund(status);
            refusesCancel(status);
            refusesRelease(status);
            refusesUse(status);
            vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_IdUsed.selector, ID));
            requestAs(client, ID, terms, 1 ether);
            assertEq(fingerprint(), before, "nothing changed");
            vm.warp(block.timestamp + 30 days);
        }
    }

    function skipsDecisions(Status status) private {
        skipsDecide(status);
        skipsReopen(status);
    }

    function skipsDecide(Status status) private {
        bytes32 before = fingerprint();
        expectDecisionSkip(ID, status);
        decide(ID, GrantOutcome.Granted);
        expectDecisionSkip(ID, status);
        decide(ID, GrantOutcome.PoolExhausted);
        assertEq(fingerprint(), before, "nothing changed");
    }

    function skipsReopen(Status status) private {
        expectDecisionSkip(ID, status);
        reopen(ID);
    }

    function skipsLine(Status status) private {
        bytes32 before = fingerprint();
        expectLineSkip(ID, status);
        settleLine(ID, 0);
        assertEq(fingerprint(), before, "nothing changed");
    }

    function refusesExpire(Status status) private {
        expectWrongStatus(status);
        allocation.expire(ID);
    }

    function refusesRefund(Status status) private {
        expectWrongStatus(status);
        allocation.refundExpired(ID);
    }

    function refusesEarlyRefund() private {
        expectNotYet(start + 600 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
    }

    function refusesCancel(Status status) private {
        expectWrongStatus(status);
        cancel();
    }

    function refusesRelease(Status status) private {
        expectWrongStatus(status);
        release();
    }

    function refusesUse(Status status) private {
        bytes4 selector = IParticleAllocation.ParticleAllocation_NotActive.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, ID, status));
        takeAs(client, 1);
        expectWrongStatus(status);
        vm.prank(client);
        allocation.extend(ID, 1, 1 ether);
        if (status == Status.Requested) return;
        expectWrongStatus(status);
        vm.prank(client);
        allocation.share(ID, stranger, 1);
        expectWrongStatus(status);
        vm.prank(stranger);
        allocation.acceptShare(ID);
    }

    function fingerprint() private view returns (bytes32) {
        Reservation memory kept = allocation.reservation(ID);
        return
            keccak256(
                abi.encode(
                    kept,
                    allocation.clientOf(client),
                    treasury.creditOf(client),
                    treasury.creditOf(provider),
                    treasury.escrowOf(client)
                )
            );
    }
}
