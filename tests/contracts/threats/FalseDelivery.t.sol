// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../../contracts/interfaces/IParticleInventory.sol";
import {OrderId} from "../../../contracts/types/Ids.sol";
import {OrderStatus} from "../../../contracts/types/Inventory.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, Line} from "../../../contracts/types/Reservations.sol";
import {InventoryFixture} from "../InventoryFixture.sol";

/// @dev Threat: somebody is paid for what the mesh did not deliver.
contract FalseDeliveryTest is InventoryFixture {
    bytes32[] private none;

    function setUp() public {
        setUpInventory();
        acceptOrder();
    }

    function test_LeafOfAnotherOrder() public {
        refused(production(78, 1, 50, 970_000, block.timestamp));
    }

    function test_LeafOfAnotherPool() public {
        refused(production(77, 2, 50, 970_000, block.timestamp));
    }

    function test_TooFew() public {
        refused(production(77, 1, 49, 970_000, block.timestamp));
    }

    function test_NotGoodEnough() public {
        refused(production(77, 1, 50, 959_999, block.timestamp));
    }

    function test_TooLate() public {
        refused(production(77, 1, 50, 970_000, orderTerms().deliverBy + 1));
    }

    function test_AnotherKindOfLeaf() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        payload[0] = 0x02;
        refused(payload);
    }

    function test_LongerOrShorter() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        refused(bytes.concat(payload, hex"00"));
        bytes memory cut = new bytes(36);
        for (uint256 i = 0; i < 36; ++i) cut[i] = payload[i];
        refused(cut);
    }

    function test_ReportNotFinal() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        uint64 time = now64();
        Report memory report = acceptLeaf(payload);
        vm.warp(time + CHALLENGE_SECONDS - 1);
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
    }

    function test_VoidReport() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        uint64 time = now64();
        Report memory report = acceptLeaf(payload);
        vm.prank(admin);
        hub.disable(report, time);
        vm.warp(time + CHALLENGE_SECONDS);
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
    }

    function test_InventedReport() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        Report memory report = nextReport(new Decision[](0), new Line[](0));
        report.count = 1;
        report.eventsRoot = leafOf(1, 0, payload);
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, now64(), 0, payload, none);
    }

    function test_PayloadThatTheRootDoesNotHold() public {
        (Report memory report, uint64 time) = finalLeaf(production(77, 1, 1, 970_000, block.timestamp));
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, time, 0, production(77, 1, 50, 970_000, block.timestamp), none);
    }

    /// @dev A leaf one level down proves itself by its sibling; shown as a leaf, the inner node above it does not, nor
    /// does the leaf without its sibling or in its sibling's place.
    function test_ProofOfAnInnerNode() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        bytes32 left = leafOf(1, 0, payload);
        bytes32 right = leafOf(1, 1, "other");
        (Report memory report, uint64 time) = finalTree(left, right);
        bytes32[] memory sibling = new bytes32[](1);
        sibling[0] = right;
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, time, 0, abi.encodePacked(left, right), none);
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotProven.selector, 1, 1));
        inventory.deliverOrder(ORDER, report, time, 1, payload, sibling);
        inventory.deliverOrder(ORDER, report, time, 0, payload, sibling);
        assertEq(treasury.creditOf(provider), REWARD, "the leaf itself is good");
    }

    /// @dev A root over a leaf that was hashed only once is no root over this leaf.
    function test_LeafHashedOnce() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        Report memory report = nextReport(new Decision[](0), new Line[](0));
        report.count = 1;
        report.eventsRoot = keccak256(abi.encode(uint64(1), uint64(0), payload));
        uint64 time = now64();
        accept(report, new Decision[](0));
        vm.warp(time + CHALLENGE_SECONDS);
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
    }

    function test_ProofFromAReportOfAnotherEra() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        (Report memory report, uint64 time) = finalLeaf(payload);
        report.era = 2;
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
    }

    /// @dev Delivered once: the same leaf pays no second order, and no second time.
    function test_TheSameLeafTwice() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        (Report memory report, uint64 time) = finalLeaf(payload);
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_WrongStatus.selector,
                ORDER,
                OrderStatus.Delivered
            )
        );
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
        vm.deal(buyer, REWARD);
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(OrderId.wrap(78), orderTerms());
        vm.prank(provider);
        inventory.acceptOrder(OrderId.wrap(78));
        expectWrongLeaf(1);
        inventory.deliverOrder(OrderId.wrap(78), report, time, 0, payload, none);
    }

    function finalTree(bytes32 left, bytes32 right) private returns (Report memory report, uint64 time) {
        report = nextReport(new Decision[](0), new Line[](0));
        (report.count, report.eventsRoot) = (2, keccak256(bytes.concat(left, right)));
        time = now64();
        accept(report, new Decision[](0));
        vm.warp(time + CHALLENGE_SECONDS);
    }

    function refused(bytes memory payload) private {
        (Report memory report, uint64 time) = finalLeaf(payload);
        expectWrongLeaf(report.sequence);
        inventory.deliverOrder(ORDER, report, time, 0, payload, none);
        assertEq(treasury.escrowOf(buyer), REWARD, "nothing was paid");
    }

    function expectNotProven(uint64 sequence) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotProven.selector, sequence, 0));
    }
}
