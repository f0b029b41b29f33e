// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../../contracts/interfaces/IParticleInventory.sol";
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
        uint64 at = now64();
        Report memory report = acceptLeaf(payload);
        vm.warp(at + CHALLENGE_SECONDS - 1);
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, at, 0, payload, none);
    }

    function test_VoidReport() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        uint64 at = now64();
        Report memory report = acceptLeaf(payload);
        vm.prank(admin);
        hub.disable(report, at);
        vm.warp(at + CHALLENGE_SECONDS);
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, at, 0, payload, none);
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
        (Report memory report, uint64 at) = finalLeaf(production(77, 1, 1, 970_000, block.timestamp));
        expectNotProven(1);
        inventory.deliverOrder(ORDER, report, at, 0, production(77, 1, 50, 970_000, block.timestamp), none);
    }

    function refused(bytes memory payload) private {
        (Report memory report, uint64 at) = finalLeaf(payload);
        expectWrongLeaf(report.sequence);
        inventory.deliverOrder(ORDER, report, at, 0, payload, none);
        assertEq(treasury.escrowOf(buyer), REWARD, "nothing was paid");
    }

    function expectNotProven(uint64 sequence) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotProven.selector, sequence, 0));
    }
}
