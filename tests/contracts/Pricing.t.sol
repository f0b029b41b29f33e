// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {FixedExp} from "../../contracts/libraries/FixedExp.sol";
import {Pricing} from "../../contracts/libraries/Pricing.sol";
import {KindId, PoolId} from "../../contracts/types/Ids.sol";
import {PoolHead, PriceState} from "../../contracts/types/StoredNetwork.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Makes the library's internal functions callable, so that a revert can be expected.
contract PricingHarness {
    function charge(
        uint88 floor,
        uint48 scale,
        uint256 excess,
        uint256 bought,
        uint256 weightWad
    ) external pure returns (uint256) {
        return Pricing.charge(headOf(floor, scale), PoolId.wrap(7), excess, bought, weightWad);
    }

    function spotWad(uint88 floor, uint48 scale, uint256 excess) external pure returns (uint256) {
        return Pricing.spotWad(headOf(floor, scale), excess);
    }

    function headOf(uint88 floor, uint48 scale) private pure returns (PoolHead memory) {
        return PoolHead(floor, 100, 1, 950_000, false, false, 10, scale, KindId.wrap(1));
    }
}

contract PricingTest is TestBase {
    uint256 private constant WAD = 1e18;
    uint64 private constant NOW = 1_800_000_000;

    PricingHarness private harness;

    function setUp() public {
        vm.warp(NOW);
        harness = new PricingHarness();
    }

    function test_Exp_equalsVectors() public view {
        string memory json = vm.readFile("tests/vectors/exp.json");
        uint256[] memory x = vm.parseJsonUintArray(json, ".exp.x");
        uint256[] memory result = vm.parseJsonUintArray(json, ".exp.result");
        assertLe(100, x.length, "vectors");
        for (uint256 i = 0; i < x.length; ++i) assertEq(FixedExp.exp(x[i]), result[i], "e^x");
        x = vm.parseJsonUintArray(json, ".exp2Neg.x");
        result = vm.parseJsonUintArray(json, ".exp2Neg.result");
        assertLe(100, x.length, "vectors");
        for (uint256 i = 0; i < x.length; ++i) assertEq(FixedExp.exp2Neg(x[i]), result[i], "2^-x");
    }

    function testFuzz_Exp_neverFalls(uint256 x, uint256 step) public pure {
        x = bound(x, 0, 20e18);
        step = bound(step, 0, 1e9);
        assertLe(FixedExp.exp(x), FixedExp.exp(x + step), "e^x rises");
        assertLe(FixedExp.exp2Neg(x + step), FixedExp.exp2Neg(x), "2^-x falls");
    }

    /// @dev Where the range reduction takes its steps.
    function test_Exp_neverFallsAtItsSteps() public pure {
        for (uint256 k = 1; k <= 28; ++k) {
            uint256 edge = (k * 693147180559945309417232121458176568) / WAD;
            for (uint256 x = edge - 3; x < edge + 3; ++x) assertLe(FixedExp.exp(x), FixedExp.exp(x + 1), "e^x");
            for (uint256 x = k * WAD - 3; x < k * WAD + 3; ++x) {
                assertLe(FixedExp.exp2Neg(x + 1), FixedExp.exp2Neg(x), "2^-x");
            }
        }
    }

    function test_Charge_GivenWeight_liesBetweenFloorAndIntegral() public view {
        // 1000 * 1e6 * (e - 1), rounded up, in 18 decimals of e.
        assertEq(harness.charge(1000, 1e6, 0, 1e6, WAD), 1_718_281_829, "whole integral");
        assertEq(harness.charge(1000, 1e6, 0, 1e6, 0), 1e9, "floor alone");
        assertEq(harness.charge(1000, 1e6, 0, 1e6, WAD / 2), 1_359_140_915, "half of the premium");
        assertEq(harness.charge(1, 1e6, 0, 1, WAD), 2, "rounded up");
        assertEq(harness.charge(1, 1e6, 0, 0, WAD), 0, "nothing");
    }

    function test_Charge_WhenTooHigh_reverts() public {
        assertLe(1, harness.charge(1000, 100, 1000, 1000, WAD), "e^20 is allowed");
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_PriceTooHigh.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, PoolId.wrap(7), 20.01e18, 20e18));
        harness.charge(1000, 100, 1000, 1001, WAD);
    }

    function test_Charge_GivenLargestNumbers_fits() public view {
        uint48 scale = type(uint48).max;
        uint256 charge = harness.charge(type(uint88).max, scale, uint256(scale) * 19, scale, WAD);
        assertLe(uint256(type(uint88).max) * scale * 3e8, charge, "e^20 - e^19 > 3e8");
    }

    function test_SpotWad_isTheCurve() public view {
        assertEq(harness.spotWad(1000, 0, 5), 1000 * WAD, "fixed");
        assertEq(harness.spotWad(1000, 1e6, 0), 1000 * WAD, "no excess");
        assertEq(harness.spotWad(1000, 1e6, 1e6), 1000 * 2_718_281_828_459_045_235, "one scale");
    }

    /// @dev Against Simpson's rule over the curve: another way to the integral.
    function testFuzz_Charge_equalsNumericIntegral(
        uint88 floor,
        uint48 scale,
        uint256 from,
        uint256 length
    ) public view {
        floor = uint88(bound(floor, 1e9, type(uint88).max));
        scale = uint48(bound(scale, 1e9, type(uint48).max));
        from = bound(from, 0, uint256(scale) * 17);
        uint256 bought = bound(length, scale / 1e3, uint256(scale) * 3);
        uint256 steps = 64;
        uint256 sum = 0;
        for (uint256 i = 0; i <= steps; ++i) {
            uint256 weight = i == 0 || i == steps ? 1 : 2 + 2 * (i % 2);
            sum += weight * FixedExp.exp((from * WAD + (bought * WAD * i) / steps) / scale);
        }
        uint256 expected = (((sum * bought) / (3 * steps)) * floor) / WAD;
        uint256 actual = harness.charge(floor, scale, from, bought, WAD);
        assertLe(actual, expected + expected / 1e6 + 1, "not above");
        assertLe(expected, actual + actual / 1e6 + 1, "not below");
    }

    /// @dev However an order is cut, its parts cost at least as much; a part's weight is never below the whole's.
    function testFuzz_Charge_splitIsNeverCheaper(uint256 seed, uint88 floor, uint48 scale, uint256 weight) public view {
        floor = uint88(bound(floor, 1, type(uint88).max));
        scale = uint48(bound(scale, 1, type(uint48).max));
        weight = bound(weight, 0, WAD);
        uint256 excess = bound(seed, 0, uint256(scale) * 19);
        uint256 bought = bound(seed >> 64, 1, scale);
        uint256 whole = harness.charge(floor, scale, excess, bought, weight);
        assertLe(bought * floor, whole, "never below the floor");
        uint256 parts = 0;
        while (bought != 0) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 part = bound(seed, 1 + bought / 8, bought);
            parts += harness.charge(floor, scale, excess, part, bound(seed >> 128, weight, WAD));
            excess += part;
            bought -= part;
        }
        assertLe(whole, parts, "parts");
    }

    function test_ExcessNow_falls() public view {
        assertEq(excessAfter(1000, 0, 10), 1000, "at once");
        assertEq(excessAfter(1000, 99, 10), 10, "in between");
        assertEq(excessAfter(1000, 100, 10), 0, "sold off");
        assertEq(excessAfter(1000, 5000, 10), 0, "never below");
        assertEq(excessAfter(1000, 5000, 0), 1000, "no target");
    }

    function test_Weights() public view {
        assertEq(weightAfter(0), 0, "now");
        assertEq(weightAfter(1800), WAD / 2, "half an hour");
        assertEq(weightAfter(3600), WAD, "an hour");
        assertEq(weightAfter(100_000), WAD, "later");
        assertEq(weightAfter(-1), 0, "begun");
        assertEq(Pricing.shareWeight(0.3e18, 50, 200), 0.3e18, "lead");
        assertEq(Pricing.shareWeight(0.2e18, 50, 200), 0.25e18, "share");
    }

    function excessAfter(uint64 excess, uint64 elapsed, uint16 target) private view returns (uint256) {
        return Pricing.excessNow(PriceState(excess, NOW - elapsed), target);
    }

    function weightAfter(int256 lead) private view returns (uint256) {
        return Pricing.leadWeight(uint64(uint256(int256(uint256(NOW)) + lead)));
    }
}
