// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision} from "../../../contracts/types/Reservations.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Threat: a report about another chain's history, or one so old that the chain no longer knows the block. The
/// chain knows the last 256 hashes, the hub takes the last 250; an older block needs an anchor above it.
contract OldBlocksTest is ReportFixture {
    Report private report;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
        report = nextEmpty();
    }

    function test_Block_WhenAtTheEdgesOfReach_isAccepted() public {
        cover(uint64(block.number - 250));
        accepted(0, 0);
        report = nextEmpty();
        cover(uint64(block.number - 1));
        accepted(0, 0);
    }

    function test_Block_WhenOutOfReach_isRefused() public {
        uint64[4] memory blocks = [
            uint64(block.number - 251),
            uint64(block.number),
            uint64(block.number + 1),
            type(uint64).max
        ];
        for (uint256 i = 0; i < 4; ++i) {
            cover(blocks[i]);
            refused(0, 0, outOfReach(blocks[i]));
        }
    }

    /// @dev Where the chain answers 0 for a hash, 0 is no answer: an unknown block is refused before.
    function test_Block_WhenItsHashIsUnknown_isNotZero() public {
        (report.toBlock, report.toBlockHash) = (1000, 0);
        refused(0, 0, outOfReach(1000));
        (report.toBlock, report.toBlockHash) = (1, 0);
        refused(0, 0, outOfReach(1));
    }

    /// @dev A block that was replaced, or one of another chain.
    function test_Block_WhenOfAnotherHistory_isRefused() public {
        vm.setBlockhash(block.number - 1, keccak256("replaced"));
        refused(0, 0, wrongHash(report.toBlock, report.toBlockHash));
    }

    function test_Block_WhenTheChainIsYoung_reachesToItsFirst() public {
        vm.roll(3);
        vm.setBlockhash(0, keccak256("first"));
        (report.toBlock, report.toBlockHash) = (3, 0);
        refused(0, 0, outOfReach(3));
        (report.toBlock, report.toBlockHash) = (0, keccak256("first"));
        accepted(0, 0);
    }

    /// @dev An outage of the oracles of any length: the old block's hash is the signers' word, the anchor the chain's.
    function test_Anchor_letsAnOldBlockIn() public {
        (report.toBlock, report.toBlockHash) = (3, "long ago");
        refused(0, 0, outOfReach(3));
        uint64 anchor = uint64(block.number - 250);
        accepted(anchor, blockhash(anchor));
    }

    function test_Anchor_WhenNotAbove_isRefused() public {
        cover(990);
        uint64[2] memory anchors = [uint64(989), 990];
        for (uint256 i = 0; i < 2; ++i) {
            refused(anchors[i], blockhash(anchors[i]), notAbove(anchors[i]));
        }
        accepted(991, blockhash(991));
    }

    function test_Anchor_WhenOutOfReach_isRefused() public {
        (report.toBlock, report.toBlockHash) = (3, "long ago");
        uint64[2] memory anchors = [uint64(block.number - 251), uint64(block.number)];
        for (uint256 i = 0; i < 2; ++i) {
            refused(anchors[i], blockhash(anchors[i]), outOfReach(anchors[i]));
        }
    }

    function test_Anchor_WhenOfAnotherHistory_isRefused() public {
        (report.toBlock, report.toBlockHash) = (3, "long ago");
        refused(999, "fork", wrongHash(999, "fork"));
    }

    /// @dev An anchor does not let a block in that has not been: it must be below the anchor.
    function test_Anchor_WhenTheBlockIsToCome_isRefused() public {
        (report.toBlock, report.toBlockHash) = (uint64(block.number + 5), "to come");
        refused(999, blockhash(999), notAbove(999));
    }

    function cover(uint64 number) private {
        (report.toBlock, report.toBlockHash) = (number, blockhash(number));
    }

    function signed(uint64 anchor, bytes32 anchorHash) private view returns (bytes[] memory) {
        return signaturesOver(hub.attestationDigest(hub.reportHash(report), anchor, anchorHash), sortedKeys(1));
    }

    function accepted(uint64 anchor, bytes32 anchorHash) private {
        uint64 before = hub.sequence();
        hub.submit(report, new Decision[](0), signed(anchor, anchorHash), anchor, anchorHash);
        assertEq(hub.sequence(), before + 1, "accepted");
    }

    function refused(uint64 anchor, bytes32 anchorHash, bytes memory reason) private {
        bytes[] memory signatures = signed(anchor, anchorHash);
        vm.expectRevert(reason);
        hub.submit(report, new Decision[](0), signatures, anchor, anchorHash);
    }

    /// @dev The blocks in reach as the error tells them.
    function outOfReach(uint64 number) private view returns (bytes memory) {
        uint256 earliest = block.number > 250 ? block.number - 250 : 0;
        return
            abi.encodeWithSelector(IReportHub.ReportHub_BlockOutOfReach.selector, number, earliest, block.number - 1);
    }

    function wrongHash(uint64 number, bytes32 given) private view returns (bytes memory) {
        return abi.encodeWithSelector(IReportHub.ReportHub_WrongBlockHash.selector, number, given, blockhash(number));
    }

    function notAbove(uint64 anchor) private view returns (bytes memory) {
        return abi.encodeWithSelector(IReportHub.ReportHub_AnchorNotAbove.selector, anchor, report.toBlock);
    }
}
