// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../../contracts/types/Reports.sol";
import {Decision} from "../../contracts/types/Reservations.sol";
import {ReportFixture} from "./ReportFixture.sol";

/// @dev Specification: ReportHub.tree, proofs of reports of any age.
contract ReportProofsTest is ReportFixture {
    bytes private constant PAYLOAD = "leaf";
    bytes32[] private none;
    bytes[] private chain;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
    }

    function test_VerifyOlder_GivenTheLastReport_needsNoChain() public {
        Report memory report = acceptLeaf(PAYLOAD);
        assertTrue(hub.verifyOlder(report, chain, 0, PAYLOAD, none), "proven");
        assertTrue(!hub.verifyOlder(report, chain, 0, "other", none), "another payload");
        assertTrue(!hub.verifyOlder(report, chain, 1, PAYLOAD, none), "another place");
    }

    function test_VerifyOlder_overReportsAndEras() public {
        Report memory old = acceptLeaf(PAYLOAD);
        chain.push(abi.encode(acceptEmpty()));
        chain.push(abi.encode(hub.head(), uint64(2), uint32(7), bytes32("s"), uint64(9), bytes32("n")));
        vm.prank(admin);
        hub.startEra(7, "s", 9, "n");
        chain.push(abi.encode(acceptEmpty()));
        assertTrue(hub.verifyOlder(old, chain, 0, PAYLOAD, none), "proven over an era's start");
        bytes[] memory cut = new bytes[](2);
        (cut[0], cut[1]) = (chain[0], chain[1]);
        assertTrue(!hub.verifyOlder(old, cut, 0, PAYLOAD, none), "the chain must reach the present");
        (cut[0], cut[1]) = (chain[1], chain[2]);
        assertTrue(!hub.verifyOlder(old, cut, 0, PAYLOAD, none), "and begin at the report");
    }

    function test_VerifyOlder_WhenMalformed_isFalse() public {
        Report memory old = acceptLeaf(PAYLOAD);
        acceptEmpty();
        bytes[] memory bad = new bytes[](1);
        uint16[5] memory lengths = [uint16(0), 31, 192, 384, 1000];
        for (uint256 i = 0; i < 5; ++i) {
            bad[0] = new bytes(lengths[i]);
            assertTrue(!hub.verifyOlder(old, bad, 0, PAYLOAD, none), "malformed");
        }
    }

    function test_VerifyOlder_WhenVoid_isFalse() public {
        uint64 time = now64();
        Report memory report = acceptLeaf(PAYLOAD);
        vm.prank(admin);
        hub.disable(report, time);
        assertTrue(!hub.verifyOlder(report, chain, 0, PAYLOAD, none), "void");
        assertTrue(!hub.verifyEvent(report, time, 0, PAYLOAD, none), "void");
    }

    /// @dev The chain runs on over the place of what was disabled: before it proven, void never.
    function test_VerifyOlder_overADisabledReport() public {
        Report memory kept = acceptLeaf(PAYLOAD);
        uint64 time = now64();
        Report memory void_ = acceptLeaf(PAYLOAD);
        Report memory follower = acceptEmpty();
        vm.prank(admin);
        hub.disable(void_, time);
        assertTrue(hub.verifyOlder(kept, chain, 0, PAYLOAD, none), "the last one again");
        hub.reopen(follower, time, new Decision[](0));
        hub.reopen(void_, time, new Decision[](0));
        bytes memory start = abi.encode(hub.head(), uint64(2), uint32(1), bytes32("s"), uint64(4), bytes32("n"));
        vm.prank(admin);
        hub.startEra(1, "s", 4, "n");
        bytes memory anew = abi.encode(acceptLeaf(PAYLOAD));
        assertTrue(hub.verifyOlder(kept, chainOf(start, anew), 0, PAYLOAD, none), "kept");
        assertTrue(!hub.verifyOlder(void_, chainOf(start, anew), 0, PAYLOAD, none), "void, by the chain of now");
        assertTrue(!hub.verifyOlder(void_, chainOf(abi.encode(follower), start), 0, PAYLOAD, none), "void");
        chain.push(abi.encode(follower));
        assertTrue(!hub.verifyOlder(void_, chain, 0, PAYLOAD, none), "void, by its own chain");
        assertTrue(!hub.verifyOlder(follower, new bytes[](0), 0, "", none), "void follower");
    }

    function test_VerifyOlder_WhenAStepIsLeftOutTwiceOrSwapped_isFalse() public {
        Report memory old = acceptLeaf(PAYLOAD);
        bytes memory first = abi.encode(acceptEmpty());
        bytes memory second = abi.encode(acceptEmpty());
        assertTrue(hub.verifyOlder(old, chainOf(first, second), 0, PAYLOAD, none), "proven");
        assertTrue(!hub.verifyOlder(old, chainOf(second, first), 0, PAYLOAD, none), "swapped");
        assertTrue(!hub.verifyOlder(old, chainOf(first, first), 0, PAYLOAD, none), "twice");
        chain.push(second);
        assertTrue(!hub.verifyOlder(old, chain, 0, PAYLOAD, none), "left out");
        assertTrue(!hub.verifyOlder(old, chainOf(first, bytes.concat(second, hex"00")), 0, PAYLOAD, none), "longer");
    }

    function test_VerifyOlder_WhenNothingWasReported_isFalse() public view {
        Report memory made;
        made.count = 1;
        made.eventsRoot = leafOf(0, 0, PAYLOAD);
        bytes[] memory bad = new bytes[](1);
        assertTrue(!hub.verifyOlder(made, bad, 0, PAYLOAD, none), "invented");
    }

    function test_IsFinal_fromTheEndOfTheWindow() public {
        uint64 time = now64();
        Report memory report = acceptEmpty();
        vm.warp(time + CHALLENGE_SECONDS - 1);
        assertTrue(!hub.isFinal(report, time), "open");
        vm.warp(time + CHALLENGE_SECONDS);
        assertTrue(hub.isFinal(report, time), "final");
        assertTrue(!hub.isFinal(report, time - 1), "another time");
    }

    function chainOf(bytes memory first, bytes memory second) private pure returns (bytes[] memory steps) {
        steps = new bytes[](2);
        (steps[0], steps[1]) = (first, second);
    }
}
