// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {GrantOutcome, Terms} from "../../../contracts/types/Reservations.sol";
import {AllocationFixture} from "../AllocationFixture.sol";

/// @dev Threat: wei that divisions create or lose. Whatever happens to a reservation, what the payer gets back and what
/// the provider gets, fees and all, is the price; every division is to the payer's good.
contract RoundingTest is AllocationFixture {
    Terms private terms;
    uint256 private price;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        start = uint64(block.timestamp) + 4000;
    }

    function testFuzz_Settled(uint256 seed) public {
        grant(seed);
        vm.warp(start + terms.duration);
        uint256 promised = uint256(terms.slots) * terms.duration * 1_000_000;
        uint256 delivered = bound(seed >> 64, 0, promised);
        settleLine(ID, uint128(delivered));
        assertEq(treasury.creditOf(provider), (price * delivered) / promised, "paid, down");
        assertConserved();
    }

    function testFuzz_ReleasedAndSettled(uint256 seed) public {
        grant(seed);
        uint256 at = bound(seed >> 64, start - 100, start + terms.duration - 1);
        vm.warp(at);
        release();
        uint256 used = at > start ? at - start : 0;
        uint256 left = terms.duration - used;
        uint256 due = (price * used) / terms.duration;
        uint256 fee = (price * (left < 900 ? left : 900)) / terms.duration / 10;
        assertEq(treasury.escrowOf(client), due, "due, down");
        assertEq(treasury.creditOf(provider), fee, "fee, down");
        assertLe(fee * 10, price - due, "fee is at most a tenth of what comes back");
        uint256 promised = uint256(terms.slots) * used * 1_000_000;
        uint256 delivered = bound(seed >> 128, 0, promised);
        settleLine(ID, uint128(delivered));
        if (promised != 0) assertEq(treasury.creditOf(provider), fee + (due * delivered) / promised, "paid, down");
        assertConserved();
    }

    function testFuzz_Cancelled(uint256 seed) public {
        grant(seed);
        vm.warp(bound(seed >> 64, block.timestamp, start - 1));
        cancel();
        assertEq(treasury.creditOf(provider), (price * 4000) / 100 / 28 days, "fee, down");
        assertConserved();
    }

    /// @dev The penalty comes from the bond, to the wei, beside the price.
    function testFuzz_Penalty(uint256 seed, uint96 bond) public {
        bond = uint96(bound(bond, 1, 1e24));
        bondProvider(bond);
        grant(seed);
        vm.warp(start + terms.duration);
        uint256 promised = uint256(terms.slots) * terms.duration * 1_000_000;
        uint256 delivered = bound(seed >> 64, 0, promised);
        settleLine(ID, uint128(delivered));
        uint256 penalty = 0;
        if (delivered * 100 < promised * 99) {
            penalty = (price * (promised - delivered)) / promised;
            if (penalty > price / 5) penalty = price / 5;
            if (penalty > bond) penalty = bond;
        }
        assertEq(treasury.bondOf(provider).free, bond - penalty, "bond");
        uint256 refund = price - (price * delivered) / promised;
        assertEq(treasury.creditOf(client), refund + penalty, "payer");
    }

    function grant(uint256 seed) private {
        terms = someTerms();
        terms.pool = CURVE_POOL;
        terms.slots = uint32(bound(seed, 1, 150));
        terms.duration = uint64(bound(seed >> 16, 60, 14_400));
        terms.start = start;
        terms.maxCost = type(uint128).max;
        price = allocation.quote(terms, client);
        requestAs(client, ID, terms, price);
        decide(ID, GrantOutcome.Granted);
    }

    function assertConserved() private view {
        assertEq(treasury.creditOf(client) + treasury.creditOf(provider), price, "sum");
        assertEq(treasury.escrowOf(client), 0, "escrow");
        assertEq(address(treasury).balance, price, "balance");
    }
}
