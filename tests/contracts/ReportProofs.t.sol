// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../../contracts/types/Reports.sol";
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
        uint64 at = now64();
        Report memory report = acceptLeaf(PAYLOAD);
        vm.prank(admin);
        hub.disable(report, at);
        assertTrue(!hub.verifyOlder(report, chain, 0, PAYLOAD, none), "void");
        assertTrue(!hub.verifyEvent(report, at, 0, PAYLOAD, none), "void");
    }

    function test_VerifyOlder_WhenNothingWasReported_isFalse() public view {
        Report memory made;
        made.count = 1;
        made.eventsRoot = leafOf(0, 0, PAYLOAD);
        bytes[] memory bad = new bytes[](1);
        assertTrue(!hub.verifyOlder(made, bad, 0, PAYLOAD, none), "invented");
    }

    function test_IsFinal_fromTheEndOfTheWindow() public {
        uint64 at = now64();
        Report memory report = acceptEmpty();
        vm.warp(at + CHALLENGE_SECONDS - 1);
        assertTrue(!hub.isFinal(report, at), "open");
        vm.warp(at + CHALLENGE_SECONDS);
        assertTrue(hub.isFinal(report, at), "final");
        assertTrue(!hub.isFinal(report, at - 1), "another time");
    }
}
