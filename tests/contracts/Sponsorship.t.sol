// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {GrantOutcome, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Reservations that somebody else pays for: who must consent, and who gets what back.
contract SponsorshipTest is AllocationFixture {
    address private immutable sponsor = address(0x5905);
    Terms private terms;
    uint64 private start;
    uint128 private cost;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        terms.payer = sponsor;
        start = uint64(block.timestamp);
        cost = costOf(terms);
        treasury.deposit{value: 10 * cost}(sponsor);
    }

    function test_Request_WhenSponsored_usesAllowanceAndCredit() public {
        allow(uint96(cost) + 5);
        vm.expectEmit(address(treasury));
        emit ITreasury.AllowanceChanged(sponsor, client, 5);
        requestAs(client, ID, terms, 0);
        assertSponsor(9 * cost, cost);
        assertEq(treasury.escrowOf(client), 0, "client's escrow");
        assertEq(allocation.reservation(ID).payer, sponsor, "payer");
        assertEq(allocation.reservation(ID).client, client, "client");
        assertOpen(client, 15, 1);
        assertOpen(sponsor, 0, 0);
    }

    function test_Request_WhenNotAllowed_reverts() public {
        expectAllowance(0);
        requestAs(client, ID, terms, 0);
        allow(uint96(cost) - 1);
        expectAllowance(cost - 1);
        requestAs(client, ID, terms, 0);
        allow(uint96(cost));
        requestAs(client, ID, terms, 0);
        expectAllowance(0);
        requestAs(client, ID2, terms, 0);
    }

    /// @dev What a client sends along becomes the payer's credit, and still needs its allowance.
    function test_Request_WhenTheClientSends_itIsThePayersCredit() public {
        expectAllowance(0);
        requestAs(client, ID, terms, cost);
        allow(uint96(cost));
        requestAs(client, ID, terms, cost);
        assertSponsor(10 * cost, cost);
    }

    function test_Request_WhenPayerIsTheClient_isNotSponsored() public {
        terms.payer = client;
        requestAs(client, ID, terms, cost);
        assertEq(allocation.reservation(ID).payer, client, "payer");
        cancel();
        assertMoney(cost, 0, 0);
    }

    function test_Cancel_refundsTheSponsor() public {
        sponsored();
        cancel();
        assertSponsor(10 * cost, 0);
        assertEq(treasury.creditOf(client), 0, "client");
        assertEq(treasury.allowanceOf(sponsor, client), 0, "the allowance does not come back");
    }

    function test_Refusal_refundsTheSponsor() public {
        sponsored();
        decide(ID, GrantOutcome.PoolExhausted);
        assertSponsor(10 * cost, 0);
    }

    function test_Expiry_refundsTheSponsor() public {
        sponsored();
        vm.warp(start + DECISION_SECONDS + 1);
        allocation.expire(ID);
        assertSponsor(10 * cost, 0);
    }

    function test_Release_refundsTheSponsor() public {
        sponsored();
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 60);
        release();
        uint128 fee = (cost * 540) / 6000;
        assertSponsor(10 * cost - cost / 10 - fee, cost / 10);
        settleLine(ID, 0);
        assertSponsor(10 * cost - fee, 0);
        assertMoney(0, fee, 0);
    }

    function test_Settlement_refundsTheSponsor_thePenaltyToo() public {
        bondProvider(1 ether);
        sponsored();
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 600);
        settleLine(ID, 15 * 600 * 500_000);
        assertSponsor(9 * cost + cost / 2 + cost / 5, 0);
        assertMoney(0, cost / 2, 0);
        assertEq(allocation.clientOf(client).usage, 15 * 300, "usage is the client's");
    }

    function test_RefundExpired_refundsTheSponsor() public {
        sponsored();
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 600 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
        assertSponsor(10 * cost, 0);
        assertStatus(ID, Status.Refunded);
        assertEq(allocation.reservation(ID).payer, address(0), "forgotten");
    }

    /// @dev A sponsor that takes its allowance back keeps what is booked, and stops extensions.
    function test_Extend_needsTheAllowance() public {
        sponsored();
        decide(ID, GrantOutcome.Granted);
        uint128 extra = UNIT_PRICE * 15 * 60;
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AllowanceTooLow.selector, sponsor, client, 0, extra));
        vm.prank(client);
        allocation.extend(ID, 60, extra);
        allow(uint96(extra));
        vm.prank(client);
        allocation.extend(ID, 60, extra);
        assertSponsor(9 * cost - extra, cost + extra);
    }

    /// @dev An allowance for one client is none for another.
    function test_Request_WhenTheAllowanceIsAnothers_reverts() public {
        allow(uint96(cost));
        vm.expectRevert(
            abi.encodeWithSelector(ITreasury.Treasury_AllowanceTooLow.selector, sponsor, stranger, 0, cost)
        );
        requestAs(stranger, ID, terms, 0);
    }

    function sponsored() private {
        allow(uint96(cost));
        requestAs(client, ID, terms, 0);
    }

    function allow(uint96 amount) private {
        vm.prank(sponsor);
        treasury.sponsor(client, amount);
    }

    function assertSponsor(uint256 credit, uint256 escrow) private view {
        assertEq(treasury.creditOf(sponsor), credit, "sponsor's credit");
        assertEq(treasury.escrowOf(sponsor), escrow, "sponsor's escrow");
    }

    function expectAllowance(uint256 allowance) private {
        bytes4 selector = ITreasury.Treasury_AllowanceTooLow.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, sponsor, client, allowance, cost));
    }
}
