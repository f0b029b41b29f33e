// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {IParticleInventory} from "../../../contracts/interfaces/IParticleInventory.sol";
import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {OrderId} from "../../../contracts/types/Ids.sol";
import {OrderTerms} from "../../../contracts/types/Inventory.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, Line, Status} from "../../../contracts/types/Reservations.sol";
import {RealmFixture} from "../RealmFixture.sol";

/// @dev While everything is paused, all money that is in the ledger still finds its way out, unaided by anybody.
contract PauseTrapsNoMoneyTest is RealmFixture {
    OrderId private constant ORDER = OrderId.wrap(9);
    uint64 private constant DELIVER_BY = 1_800_000_000 + 1 hours;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
    }

    /// @dev The pause itself works, or else this file would show nothing.
    function test_Request_WhenPaused_reverts() public {
        pauseAll();
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_Paused.selector, 3));
        request(someTerms());
        Report memory report = nextReport(new Decision[](0), new Line[](0));
        bytes[] memory signatures = signedBy(ORACLE_KEY, report);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_Paused.selector, 3));
        hub.submit(report, new Decision[](0), signatures, 0, 0);
    }

    function test_Withdraw_WhenPaused_pays() public {
        treasury.deposit{value: 10}(stranger);
        pauseAll();
        withdrawAll(stranger, 10);
    }

    function test_Unbonding_WhenPaused_pays() public {
        bondProvider(2 ether);
        pauseAll();
        vm.prank(provider);
        treasury.startUnbonding(2 ether);
        vm.warp(block.timestamp + treasury.unbondingSeconds());
        vm.prank(provider);
        treasury.finishUnbonding();
        withdrawAll(provider, 2 ether);
    }

    function test_Cancel_WhenPaused_refunds() public {
        request(someTerms());
        pauseAll();
        vm.prank(client);
        allocation.cancel(ID);
        withdrawAll(client, costOf(someTerms()));
    }

    function test_Expire_WhenPaused_refunds() public {
        request(someTerms());
        pauseAll();
        vm.warp(block.timestamp + DECISION_SECONDS + 1);
        allocation.expire(ID);
        withdrawAll(client, costOf(someTerms()));
    }

    function test_Release_WhenPaused_refundsTheRest() public {
        requestGranted(someTerms());
        pauseAll();
        vm.warp(block.timestamp + 300);
        vm.prank(client);
        allocation.release(ID);
        uint256 cost = costOf(someTerms());
        uint256 fee = treasury.creditOf(provider);
        assertEq(treasury.escrowOf(client), cost / 2, "what was used stays");
        withdrawAll(client, cost - cost / 2 - fee);
        withdrawAll(provider, fee);
    }

    /// @dev A report that was accepted before the pause is settled during it.
    function test_Settle_WhenPaused_paysTheProvider() public {
        requestGranted(someTerms());
        vm.warp(block.timestamp + 601);
        Line[] memory lines = new Line[](1);
        lines[0] = Line(ID, uint128(15 * 600 * 1_000_000));
        Report memory report = nextReport(new Decision[](0), lines);
        hub.submit(report, new Decision[](0), signedBy(ORACLE_KEY, report), 0, 0);
        uint64 acceptedAt = uint64(block.timestamp);
        pauseAll();
        vm.warp(block.timestamp + 1);
        hub.settle(report, acceptedAt, lines);
        assertStatus(ID, Status.Settled);
        withdrawAll(provider, costOf(someTerms()));
        assertEq(address(treasury).balance, 0, "nothing is left");
    }

    /// @dev No report comes: the refund waits for the pause, but for seven days at most.
    function test_RefundExpired_WhenPausedForever_refundsAfterSevenDays() public {
        requestGranted(someTerms());
        pauseAll();
        uint256 last = block.timestamp + 600 + GRACE_SECONDS + 7 days;
        vm.warp(last);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotYet.selector, ID, last + 1));
        allocation.refundExpired(ID);
        vm.warp(last + 1);
        allocation.refundExpired(ID);
        withdrawAll(client, costOf(someTerms()));
        assertEq(address(treasury).balance, 0, "nothing is left");
    }

    function test_WithdrawOrder_WhenPaused_refunds() public {
        openOrder();
        pauseAll();
        vm.prank(client);
        inventory.withdrawOrder(ORDER);
        withdrawAll(client, 10);
    }

    function test_OpenOrder_WhenPaused_reverts() public {
        pauseAll();
        vm.deal(client, 10);
        OrderTerms memory terms = orderTerms();
        vm.prank(client);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_Paused.selector, 3));
        inventory.orderProduction{value: 10}(ORDER, terms);
    }

    /// @dev The provider cannot deliver without reports; the buyer gets its money back all the same.
    function test_FailOrder_WhenPausedForever_refundsAfterSevenDays() public {
        bondProvider(MIN_BOND + 4);
        openOrder();
        vm.startPrank(provider);
        inventory.registerProvider("somebody");
        inventory.acceptOrder(ORDER);
        vm.stopPrank();
        pauseAll();
        uint256 last = uint256(orderTerms().deliverBy) + GRACE_SECONDS + 7 days;
        vm.warp(last);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotYet.selector, ORDER, last + 1));
        inventory.failOrder(ORDER);
        vm.warp(last + 1);
        inventory.failOrder(ORDER);
        withdrawAll(client, 10 + 4);
    }

    function pauseAll() private {
        vm.prank(admin);
        registry.pause(3);
    }

    function openOrder() private {
        vm.deal(client, 10);
        vm.prank(client);
        inventory.orderProduction{value: 10}(ORDER, orderTerms());
    }

    /// @dev A reward of 10 wei against a bond of 4.
    function orderTerms() private pure returns (OrderTerms memory) {
        return OrderTerms(PAIR_KIND, POOL, 1, FLOOR_PPM, DELIVER_BY, 10, 4, address(0));
    }

    function withdrawAll(address account, uint256 expected) private {
        uint256 before = account.balance;
        vm.prank(account);
        treasury.withdraw();
        assertEq(account.balance - before, expected, "paid out");
    }
}
