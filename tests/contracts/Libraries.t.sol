// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EventTree} from "../../contracts/libraries/EventTree.sol";
import {TakeBucket} from "../../contracts/libraries/TakeBucket.sol";
import {TestBase} from "./TestBase.sol";

/// @dev The take bucket, and the tree against the vectors that C# checks too.
contract LibrariesTest is TestBase {
    string private _json;
    string private _row;
    uint64 private _count;
    uint64 private _index;
    bytes32 private _root;

    function test_Refilled_roundsNothingAway() public pure {
        uint256 tokens = 0;
        for (uint256 i = 0; i < 60; ++i) tokens = TakeBucket.refilled(tokens, 1, 1, 10);
        assertEq(TakeBucket.wholeTakesDown(tokens), 1, "one take a minute, second by second");
        assertEq(TakeBucket.milliTakesDown(59), 983, "59/60 take");
    }

    /// @dev In one step or in many: the same bucket, as long as nobody takes in between.
    function testFuzz_Refilled_isTheSameInSteps(
        uint16 a,
        uint16 b,
        uint32 rate,
        uint16 slots,
        uint24 held
    ) public pure {
        uint256 perMinute = bound(rate, 0, 1_000_000);
        uint256 start = bound(held, 0, uint256(slots) * 60);
        uint256 once = TakeBucket.refilled(start, uint256(a) + b, perMinute, slots);
        uint256 twice = TakeBucket.refilled(TakeBucket.refilled(start, a, perMinute, slots), b, perMinute, slots);
        assertEq(once, twice, "steps");
        assertLe(once, uint256(slots) * 60, "full");
    }

    function test_DepthOf_givesCeilOfLog2() public pure {
        uint64[8] memory counts = [uint64(0), 1, 2, 3, 4, 5, 1 << 20, (1 << 20) + 1];
        uint8[8] memory depths = [0, 0, 1, 2, 2, 3, 20, 21];
        for (uint256 i = 0; i < 8; ++i) assertEq(EventTree.depthOf(counts[i]), depths[i], "depth");
    }

    function test_Verify_GivenVectors_provesLastLeafAndNothingElse() public {
        _json = vm.readFile("tests/vectors/tree.json");
        for (uint256 i = 0; i < 7; ++i) {
            _row = string.concat(".trees[", vm.toString(i), "].");
            _count = uint64(vm.parseJsonUint(_json, key("count")));
            _root = vm.parseJsonBytes32(_json, key("root"));
            if (_count == 0) {
                assertEq(_root, 0, "root of no leaves");
                assertTrue(!EventTree.verify(_root, 0, 0, 0, new bytes32[](0)), "nothing to prove");
            } else {
                checkTree();
            }
        }
    }

    function checkTree() private {
        _index = uint64(vm.parseJsonUint(_json, key("index")));
        bytes32 leaf = checkLeaves(uint64(vm.parseJsonUint(_json, key("sequence"))));
        bytes32[] memory proof = vm.parseJsonBytes32Array(_json, key("proof"));
        assertTrue(EventTree.verify(_root, _count, _index, leaf, proof), "proven");
        assertTrue(!EventTree.verify(_root, _count, _index, ~leaf, proof), "other leaf");
        assertTrue(!EventTree.verify(_root, _count, _count, leaf, proof), "index out of range");
        if (_count > 1) {
            assertTrue(!EventTree.verify(_root, _count, _index - 1, leaf, proof), "other index");
            assertTrue(!EventTree.verify(_root, _count * 2, _index, leaf, proof), "other depth");
            checkInnerNode(leaf, proof);
        }
    }

    function checkLeaves(uint64 sequence) private view returns (bytes32) {
        bytes[] memory payloads = vm.parseJsonBytesArray(_json, key("payloads"));
        bytes32[] memory leaves = vm.parseJsonBytes32Array(_json, key("leaves"));
        for (uint64 i = 0; i < leaves.length; ++i) {
            assertEq(EventTree.leafHash(sequence, i, payloads[i]), leaves[i], "leaf");
        }
        return leaves[_index];
    }

    /// @dev An inner node shown as a leaf of a shallower tree: the depth is bound to the count.
    function checkInnerNode(bytes32 leaf, bytes32[] memory proof) private view {
        bytes32 inner =
            _index & 1 == 1 ? keccak256(bytes.concat(proof[0], leaf)) : keccak256(bytes.concat(leaf, proof[0]));
        bytes32[] memory shorter = new bytes32[](proof.length - 1);
        for (uint256 i = 0; i < shorter.length; ++i) shorter[i] = proof[i + 1];
        assertTrue(!EventTree.verify(_root, _count, _index >> 1, inner, shorter), "second pre-image");
    }

    function key(string memory name) private view returns (string memory) {
        return string.concat(_row, name);
    }
}
