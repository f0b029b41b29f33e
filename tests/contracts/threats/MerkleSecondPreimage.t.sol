// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../../../contracts/types/Reports.sol";
import {Decision} from "../../../contracts/types/Reservations.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Threat: something that was never reported is shown as a leaf: an inner node, a gap, a leaf of elsewhere.
/// The tree has five leaves of two words each, so that a payload can have the shape of a pair of nodes; depth three.
contract MerkleSecondPreimageTest is ReportFixture {
    uint64 private constant COUNT = 5;

    Report private report;
    uint64 private acceptedAt;
    /// @dev levels[0] are the leaves, each level twice as wide as the next.
    bytes32[8][4] private levels;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
        for (uint64 i = 0; i < COUNT; ++i) levels[0][i] = leafOf(1, i, payloadOf(i));
        for (uint256 level = 1; level < 4; ++level) {
            for (uint256 i = 0; i < 8 >> level; ++i) {
                levels[level][i] = keccak256(bytes.concat(levels[level - 1][2 * i], levels[level - 1][2 * i + 1]));
            }
        }
        report = nextEmpty();
        (report.count, report.eventsRoot) = (COUNT, levels[3][0]);
        acceptedAt = now64();
        accept(report, new Decision[](0));
    }

    function test_Leaf_isProvenInItsPlaceOnly() public view {
        for (uint64 i = 0; i < COUNT; ++i) {
            for (uint64 place = 0; place < 8; ++place) {
                assertEq(proven(place, payloadOf(i), proofOf(i, 3)) ? 1 : 0, place == i ? 1 : 0, "place");
                if (place != i) assertTrue(!proven(place, payloadOf(i), proofOf(place, 3)), "in another's place");
            }
        }
    }

    /// @dev The attack on trees that hash a leaf like a pair: the two children as the bytes of one leaf.
    function test_InnerNode_isNoLeaf() public view {
        for (uint256 level = 1; level < 4; ++level) {
            for (uint64 i = 0; i < 8 >> level; ++i) {
                bytes32 left = levels[level - 1][2 * i];
                bytes memory pair = bytes.concat(left, levels[level - 1][2 * i + 1]);
                assertEq(keccak256(pair), levels[level][i], "the pair is the node's preimage");
                bytes32[] memory rest = proofFrom(level, i);
                assertTrue(!proven(i, pair, rest), "a shorter proof");
                assertTrue(!proven(i, pair, padded(rest)), "padded to the depth");
                assertTrue(!proven(i << uint64(level), pair, padded(rest)), "in the place of its first leaf");
            }
        }
    }

    /// @dev Even with the hash of a leaf as its bytes, a leaf is hashed twice more.
    function test_HashOfALeaf_isNoLeaf() public view {
        bytes32 once = keccak256(abi.encode(uint64(1), uint64(0), payloadOf(0)));
        assertEq(keccak256(bytes.concat(once)), levels[0][0], "the preimage of the leaf");
        assertTrue(!proven(0, bytes.concat(once), proofOf(0, 3)), "hashed once");
        assertTrue(!proven(0, bytes.concat(levels[0][0]), proofOf(0, 3)), "hashed twice");
        assertTrue(!proven(0, abi.encode(uint64(1), uint64(0), payloadOf(0)), proofOf(0, 3)), "encoded twice");
    }

    /// @dev Places after the last leaf are zero in the tree; nothing is there.
    function test_Gap_isNoLeaf() public view {
        for (uint64 i = COUNT; i < 8; ++i) {
            assertTrue(!proven(i, "", proofOf(i, 3)), "empty");
            assertTrue(!proven(i, abi.encode(bytes32(0)), proofOf(i, 3)), "zero");
        }
    }

    function test_Proof_WhenLongerOrShorter_isFalse() public view {
        for (uint256 depth = 0; depth < 6; ++depth) {
            assertEq(proven(0, payloadOf(0), proofOf(0, depth)) ? 1 : 0, depth == 3 ? 1 : 0, "depth");
        }
    }

    /// @dev The number of leaves decides the depth, and is part of what was signed.
    function test_Count_cannotBeChosen() public {
        bytes memory pair = bytes.concat(levels[1][0], levels[1][1]);
        for (uint64 count = 0; count < 9; ++count) {
            report.count = count;
            assertTrue(!proven(0, pair, new bytes32[](0)), "not that of the report");
            assertEq(proven(0, payloadOf(0), proofOf(0, 3)) ? 1 : 0, count == COUNT ? 1 : 0, "count");
        }
    }

    /// @dev Signed with a number that does not fit the tree, nothing is proven but at the depth that number has.
    function test_Count_WhenSignedWrongly_decidesTheDepth() public {
        bytes32 left = leafOf(2, 0, "left");
        bytes32 right = leafOf(2, 1, "right");
        acceptNextOver(1, keccak256(bytes.concat(left, right)));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = right;
        assertTrue(!proven(0, "left", proof), "one leaf has no siblings");
        acceptNextOver(2, keccak256(bytes.concat(leafOf(3, 0, "left"), leafOf(3, 1, "right"))));
        proof[0] = leafOf(3, 1, "right");
        assertTrue(proven(0, "left", proof), "two have");
    }

    /// @dev The same payload in another report is another leaf.
    function test_Leaf_isOfItsReportOnly() public {
        acceptNextOver(COUNT, report.eventsRoot);
        assertTrue(!proven(0, payloadOf(0), proofOf(0, 3)), "leaves cover the sequence");
    }

    function testFuzz_Anything_isNoLeaf(uint64 index, bytes memory payload, bytes32[3] memory siblings) public view {
        vm.assume(index >= COUNT || keccak256(payload) != keccak256(payloadOf(index)));
        bytes32[] memory proof = new bytes32[](3);
        for (uint256 i = 0; i < 3; ++i) proof[i] = siblings[i];
        assertTrue(!proven(index, payload, proof), "invented");
        uint64 place = index % COUNT;
        vm.assume(keccak256(payload) != keccak256(payloadOf(place)));
        assertTrue(!proven(place, payload, proofOf(place, 3)), "invented, with a true proof");
    }

    function acceptNextOver(uint64 count, bytes32 root) private {
        report = nextEmpty();
        (report.count, report.eventsRoot) = (count, root);
        accept(report, new Decision[](0));
    }

    /// @dev By both ways of proof, which must agree.
    function proven(uint64 index, bytes memory payload, bytes32[] memory proof) private view returns (bool found) {
        found = hub.verifyEvent(report, acceptedAt, index, payload, proof);
        assertTrue(hub.verifyOlder(report, new bytes[](0), index, payload, proof) == found, "both ways");
    }

    function payloadOf(uint64 index) private pure returns (bytes memory) {
        return abi.encode(index, keccak256("event"));
    }

    /// @dev Siblings from a place at the bottom up; beyond the root zeros.
    function proofOf(uint64 index, uint256 depth) private view returns (bytes32[] memory proof) {
        proof = new bytes32[](depth);
        for (uint256 level = 0; level < depth && level < 3; ++level) {
            proof[level] = levels[level][((index & 7) >> level) ^ 1];
        }
    }

    function proofFrom(uint256 level, uint64 index) private view returns (bytes32[] memory proof) {
        proof = new bytes32[](3 - level);
        for (uint256 i = 0; i < proof.length; ++i) proof[i] = levels[level + i][(index >> i) ^ 1];
    }

    function padded(bytes32[] memory proof) private pure returns (bytes32[] memory full) {
        full = new bytes32[](3);
        for (uint256 i = 0; i < proof.length; ++i) full[3 - proof.length + i] = proof[i];
    }
}
