// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clients} from "../../contracts/libraries/Clients.sol";
import {EventTree} from "../../contracts/libraries/EventTree.sol";
import {Fees} from "../../contracts/libraries/Fees.sol";
import {ShareBudget} from "../../contracts/libraries/ShareBudget.sol";
import {TakeBucket} from "../../contracts/libraries/TakeBucket.sol";
import {Words} from "../../contracts/libraries/Words.sol";
import {Client, Status} from "../../contracts/types/Reservations.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Take bucket, shares, fees, usage and packed words; and the tree against the vectors that C# checks too.
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

    /// @dev Whatever bits stand in a word: unpacked and packed again they are the same.
    function testFuzz_Words_areKept(uint256 word) public pure {
        uint256 head = withByte(word, 160, 9);
        assertEq(Words.pack(Words.head(head)), head, "head");
        assertEq(Words.pack(Words.tail(word)), word, "tail");
        assertEq(Words.clientOf(head), Words.head(head).client, "client");
        assertEq(Words.poolOf(head), Words.head(head).pool, "pool");
        assertEq(Words.slotsOf(head), Words.head(head).slots, "slots");
        assertTrue(Words.isGranted(head) == (Words.head(head).status == Status.Granted), "granted");
        uint256 promised = uint256(Words.head(head).slots) * Words.head(head).length * 1_000_000;
        assertEq(Words.promisedOf(head), promised, "promised");
        assertEq(Words.priceOf(word), Words.tail(word).price, "price");
        uint256 account = withByte(word, 96, 5) & ((1 << 232) - 1);
        assertEq(Words.pack(Words.client(account)), account, "client");
        uint256 member = (word & type(uint32).max) | (((word >> 40) & type(uint32).max) << 40);
        assertEq(Words.pack(Words.member(member | (1 << 32))), member | (1 << 32), "member");
        assertEq(Words.pack(Words.sharing(word & type(uint64).max)), word & type(uint64).max, "sharing");
    }

    /// @dev A settlement writes slots, usage and time; nonce and cohort stay.
    function testFuzz_WithUse_keepsTheRest(uint256 word, uint32 slots, uint32 count, uint64 usage) public {
        vm.warp(1_800_000_000);
        Client memory before = Words.client(withByte(word, 96, 5));
        Client memory kept = Words.client(Words.withUse(Words.pack(before), slots, count, usage));
        assertEq(kept.openSlots, slots, "slots");
        assertEq(kept.openReservations, count, "reservations");
        assertEq(kept.usage, usage, "usage");
        assertEq(kept.usageAt, 1_800_000_000, "time");
        assertEq(kept.nonce, before.nonce, "nonce");
        assertEq(uint256(kept.cohort), uint256(before.cohort), "cohort");
    }

    /// @dev Shares that make up the whole allow no more together than the whole, and at most one take less for each.
    function testFuzz_LeftDown_addsUp(uint32 share, uint64 allowed) public pure {
        uint32 first = uint32(bound(share, 0, 1_000_000));
        uint256 tokens = bound(allowed, 0, 60 * 250_000_000);
        uint256 sum =
            uint256(ShareBudget.leftDown(first, tokens, 0)) + ShareBudget.leftDown(1_000_000 - first, tokens, 0);
        uint256 whole = ShareBudget.leftDown(1_000_000, tokens, 0);
        assertEq(whole, tokens / 60, "the whole");
        assertLe(sum, whole, "not more");
        assertLe(whole, sum + 1, "one take at most is lost");
    }

    function test_LeftDown_WhenSpent_isNothing() public pure {
        assertEq(ShareBudget.leftDown(500_000, 60 * 10, 4), 1, "one of five");
        assertEq(ShareBudget.leftDown(500_000, 60 * 10, 5), 0, "none");
        assertEq(ShareBudget.leftDown(500_000, 60 * 10, 6), 0, "less than none");
        assertEq(ShareBudget.leftDown(0, type(uint64).max, 0), 0, "no share");
    }

    /// @dev The largest price there is: nothing overflows, and the parts stay within it.
    function testFuzz_Fees_stayWithinThePrice(uint88 price, uint16 length, uint16 used, uint128 delivered) public pure {
        uint256 whole = bound(length, 1, 14_400);
        uint256 spent = bound(used, 0, whole - 1);
        uint88 due = Fees.dueDown(price, spent, whole);
        uint88 fee = Fees.releaseFeeDown(price, whole - spent, whole);
        assertLe(uint256(due) + uint256(fee) * 10, price, "release");
        assertLe(Fees.cancelFeeDown(price, 28 days), price / 100, "cancellation");
        uint128 promised = uint128(32_767 * whole * 1_000_000);
        uint128 quality = uint128(bound(delivered, 0, promised));
        assertLe(Fees.paidDown(price, quality, promised), price, "payment");
        assertLe(Fees.penaltyDown(price, quality, promised), price / 5, "penalty");
    }

    function test_Fees_WhenNothingIsPromised_areNothing() public pure {
        assertEq(Fees.paidDown(type(uint88).max, 0, 0), 0, "payment");
        assertEq(Fees.penaltyDown(type(uint88).max, 0, 0), 0, "penalty");
    }

    function test_PenaltyDown_beginsBelow99Percent() public pure {
        assertEq(Fees.penaltyDown(1000, 99, 100), 0, "99 %");
        assertEq(Fees.penaltyDown(1000, 9899, 10_000), 10, "98.99 %: 10.1 down");
        assertEq(Fees.penaltyDown(1000, 80, 100), 200, "20 %");
        assertEq(Fees.penaltyDown(1000, 79, 100), 200, "capped");
    }

    /// @dev In one step or in many: decay rounds down, by at most one slot-second for each step.
    function testFuzz_Usage_decaysTheSameInSteps(uint32 usage, uint24 a, uint24 b) public {
        uint64 first = 1_800_000_000;
        vm.warp(first + uint256(a) + b);
        uint64 once = Clients.usageNowDown(usage, first);
        vm.warp(first + uint256(a));
        uint64 between = Clients.usageNowDown(usage, first);
        vm.warp(first + uint256(a) + b);
        uint64 twice = Clients.usageNowDown(between, first + a);
        assertLe(twice, once, "never more");
        assertLe(once, uint256(twice) + 2, "at most two less");
    }

    function withByte(uint256 word, uint256 at, uint256 below) private pure returns (uint256) {
        uint256 value = ((word >> at) & 0xff) % below;
        return (word & ~(uint256(0xff) << at)) | (value << at);
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
