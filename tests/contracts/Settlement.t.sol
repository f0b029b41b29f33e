// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {PoolId, ReservationId} from "../../contracts/types/Ids.sol";
import {PoolTerms} from "../../contracts/types/Network.sol";
import {GrantOutcome, Line, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Batches of settlement lines. Specification: ParticleAllocation.tree, branch settleLines.
contract SettlementTest is AllocationFixture {
    uint128 private constant PROMISED = 15 * 600 * 1_000_000;

    address private immutable otherProvider = address(0x9421);
    Terms private terms;
    uint64 private start;
    uint128 private cost;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        terms.pool = OTHER_POOL;
        start = uint64(block.timestamp);
        cost = costOf(terms);
    }

    function test_Settle_paysAndTells() public {
        requestGranted(terms);
        vm.warp(start + 600);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationSettled(ID, PROMISED, cost, (9000 << 104) | (block.timestamp << 168));
        settleLine(ID, PROMISED);
        assertStatus(ID, Status.Settled);
        assertMoney(0, cost, 0);
        assertOpen(client, 0, 0);
    }

    function test_Settle_roundsThePaymentDown() public {
        requestGranted(terms);
        vm.warp(start + 600);
        settleLine(ID, PROMISED - 1);
        // cost * (1 - 1/9e9) = cost - 7000: exact, because the unit price is 7 gwei.
        assertMoney(7000, cost - 7000, 0);
    }

    function test_Settle_WhenNotApplicable_skips() public {
        expectLineSkip(ID, Status.None);
        settleLine(ID, 0);
        request(terms);
        expectLineSkip(ID, Status.Requested);
        settleLine(ID, 0);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 599);
        expectLineSkip(ID, Status.Granted);
        settleLine(ID, 0);
        vm.warp(start + 600);
        expectLineSkip(ID, Status.Ended);
        settleLine(ID, PROMISED + 1);
        expectLineSkip(ID, Status.Ended);
        settleLine(ID, type(uint128).max);
        assertMoney(0, 0, cost);
        settleLine(ID, 0);
        expectLineSkip(ID, Status.Settled);
        settleLine(ID, PROMISED);
        assertMoney(cost, 0, 0);
    }

    function test_Settle_WhenReleased_countsTheShorterWindow() public {
        requestGranted(terms);
        vm.warp(start + 60);
        release();
        uint128 promised = 15 * 60 * 1_000_000;
        expectLineSkip(ID, Status.Ended);
        settleLine(ID, promised + 1);
        settleLine(ID, promised);
        uint128 fee = (cost * 540) / 6000;
        assertMoney(cost - cost / 10 - fee, cost / 10 + fee, 0);
        assertOpen(client, 0, 0);
    }

    function test_Settle_WhenIdTwiceInABatch_paysOnce() public {
        requestGranted(terms);
        vm.warp(start + 600);
        Line[] memory lines = new Line[](2);
        lines[0] = Line(ID, PROMISED);
        lines[1] = Line(ID, PROMISED);
        expectLineSkip(ID, Status.Settled);
        settle(lines);
        assertMoney(0, cost, 0);
    }

    /// @dev A settlement leaves the stored head as it is; every other way out must still see that it is over.
    function test_Settle_leavesNoOtherWayOut() public {
        requestGranted(terms);
        vm.warp(start + 600);
        settleLine(ID, PROMISED);
        assertEq(uint256(allocation.reservation(ID).status), uint256(Status.Settled), "as stored");
        vm.warp(start + 30 days);
        vm.startPrank(client);
        expectWrongStatus(Status.Settled);
        allocation.refundExpired(ID);
        expectWrongStatus(Status.Settled);
        allocation.cancel(ID);
        expectWrongStatus(Status.Settled);
        allocation.release(ID);
        expectWrongStatus(Status.Settled);
        allocation.extend(ID, 60, 1 ether);
        expectWrongStatus(Status.Settled);
        allocation.expire(ID);
        expectWrongStatus(Status.Settled);
        allocation.share(ID, stranger, 1);
        vm.stopPrank();
        expectDecisionSkip(ID, Status.Settled);
        reopen(ID);
        expectDecisionSkip(ID, Status.Settled);
        decide(ID, GrantOutcome.Granted);
        assertMoney(0, cost, 0);
    }

    function test_Settle_GivenNoLines_doesNothing() public {
        settle(new Line[](0));
        assertMoney(0, 0, 0);
    }

    /// @dev Lines of two providers in turns, with a skipped one between: each gets its own, in one credit for each run.
    function test_Settle_GivenTwoProviders_paysEachItsOwn() public {
        addPoolOfOtherProvider();
        uint32[6] memory pools = [uint32(2), 1, 6, 6, 2, 6];
        Line[] memory lines = new Line[](7);
        for (uint128 i = 0; i < 6; ++i) {
            (terms.pool, terms.slots) = (PoolId.wrap(pools[i]), uint32(i + 1));
            ReservationId id = ReservationId.wrap(i + 1);
            requestAs(client, id, terms, costOf(terms));
            decide(id, GrantOutcome.Granted);
            lines[i < 3 ? i : i + 1] = Line(id, (i + 1) * 600 * 1_000_000);
        }
        lines[3] = Line(ReservationId.wrap(99), 1);
        vm.warp(start + 600);
        uint128 slotPrice = UNIT_PRICE * 600;
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountsChanged(
            bytes.concat(
                accountOf(client, 0, 20 * slotPrice, 1),
                accountOf(client, 0, 18 * slotPrice, 2),
                accountOf(provider, 3 * slotPrice, 0, 2)
            )
        );
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountsChanged(
            bytes.concat(
                accountOf(client, 0, 15 * slotPrice, 3),
                accountOf(client, 0, 11 * slotPrice, 4),
                accountOf(otherProvider, 7 * slotPrice, 0, 4)
            )
        );
        settle(lines);
        assertEq(treasury.creditOf(provider), (1 + 2 + 5) * slotPrice, "one");
        assertEq(treasury.creditOf(otherProvider), (3 + 4 + 6) * slotPrice, "the other");
        assertEq(treasury.escrowOf(client), 0, "escrow");
        assertOpen(client, 0, 0);
    }

    /// @dev In a batch as line by line: the same money, usage and counts.
    function testFuzz_Settle_isTheSameInABatch(uint256 seed) public {
        bondProvider(1 ether);
        Line[] memory lines = new Line[](4);
        for (uint128 i = 0; i < 4; ++i) {
            ReservationId id = ReservationId.wrap(i + 1);
            requestAs(client, id, terms, cost);
            ReservationId twin = ReservationId.wrap(i + 11);
            vm.deal(stranger, cost);
            requestAs(stranger, twin, terms, cost);
            decide(id, GrantOutcome.Granted);
            decide(twin, GrantOutcome.Granted);
            lines[i] = Line(id, uint128(bound(seed >> (32 * i), PROMISED / 2, PROMISED)));
        }
        vm.warp(start + 600);
        settle(lines);
        uint256 paid = treasury.creditOf(provider);
        for (uint128 i = 0; i < 4; ++i) settleLine(ReservationId.wrap(i + 11), lines[i].delivered);
        assertEq(treasury.creditOf(provider), 2 * paid, "provider");
        assertEq(treasury.creditOf(stranger), treasury.creditOf(client), "payer, penalties too");
        assertEq(allocation.clientOf(stranger).usage, allocation.clientOf(client).usage, "usage");
        assertEq(treasury.escrowOf(client) + treasury.escrowOf(stranger), 0, "escrow");
    }

    /// @dev An account as {ITreasury-AccountsChanged} tells it.
    function accountOf(
        address account,
        uint256 credit,
        uint256 escrow,
        uint256 causeId
    ) private pure returns (bytes memory) {
        return abi.encode(uint160(account) + credit * 2 ** 160, escrow + causeId * 2 ** 96);
    }

    function addPoolOfOtherProvider() private {
        PoolTerms[] memory pools = new PoolTerms[](1);
        pools[0] = poolTerms(6, "berlin-muenchen by another", 100);
        pools[0].provider = otherProvider;
        vm.prank(admin);
        network.registerPools(pools);
    }

    function settle(Line[] memory lines) private {
        vm.prank(address(hub));
        allocation.settleLines(lines);
    }
}
