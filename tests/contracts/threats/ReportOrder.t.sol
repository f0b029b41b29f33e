// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision} from "../../../contracts/types/Reservations.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Threat: reports that are old, early, left out, forked or of another era, all of them well signed. There is one
/// order, and a refused report leaves no trace.
contract ReportOrderTest is ReportFixture {
    Report private first;
    Report private second;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
        first = acceptEmpty();
        second = acceptEmpty();
    }

    function test_Stale_isRefused() public {
        refused(first, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, 1, 3));
        refused(second, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, 2, 3));
        Report memory zeroth = nextEmpty();
        zeroth.sequence = 0;
        refused(zeroth, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, 0, 3));
    }

    /// @dev A report signed ahead waits for the one before it, and then is accepted as it is.
    function test_Future_waitsForItsTurn() public {
        Report memory third = nextEmpty();
        Report memory fourth = nextEmpty();
        (fourth.sequence, fourth.previousHead) = (4, hub.reportHash(third));
        refused(fourth, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, 4, 3));
        accept(third, new Decision[](0));
        accept(fourth, new Decision[](0));
        assertEq(hub.sequence(), 4, "in order");
    }

    /// @dev Neither number nor head alone can close a gap.
    function test_Gapped_isRefused() public {
        Report memory fourth = nextEmpty();
        fourth.sequence = 4;
        refused(fourth, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, 4, 3));
        (fourth.sequence, fourth.previousHead) = (3, second.previousHead);
        refused(
            fourth,
            abi.encodeWithSelector(IReportHub.ReportHub_WrongHead.selector, second.previousHead, hub.head())
        );
        fourth.sequence = type(uint64).max;
        refused(fourth, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, type(uint64).max, 3));
    }

    /// @dev Of two reports for one place, the first to come is the one.
    function test_Forked_isRefused() public {
        Report memory third = nextEmpty();
        Report memory fork = nextEmpty();
        fork.stateHash = "another history";
        accept(third, new Decision[](0));
        refused(fork, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, 3, 4));
        Report memory follower = nextEmpty();
        follower.previousHead = hub.reportHash(fork);
        refused(
            follower,
            abi.encodeWithSelector(IReportHub.ReportHub_WrongHead.selector, follower.previousHead, hub.head())
        );
    }

    function test_OtherEra_isRefused() public {
        Report memory early = nextEmpty();
        early.era = 2;
        refused(early, abi.encodeWithSelector(IReportHub.ReportHub_WrongEra.selector, 2, 1));
        Report memory late = nextEmpty();
        bytes32 headBefore = hub.head();
        vm.prank(admin);
        hub.startEra(1, keccak256("scenario"), 42, 0);
        refused(late, abi.encodeWithSelector(IReportHub.ReportHub_WrongEra.selector, 1, 2));
        // The era before ended with this head; the new one begins with another.
        late.era = 2;
        refused(late, abi.encodeWithSelector(IReportHub.ReportHub_WrongHead.selector, headBefore, hub.head()));
    }

    function refused(Report memory report, bytes memory reason) private {
        bytes[] memory signatures = signedBy(ORACLE_KEY, report);
        (bytes32 head, uint64 sequence) = (hub.head(), hub.sequence());
        vm.expectRevert(reason);
        hub.submit(report, new Decision[](0), signatures, 0, 0);
        assertEq(hub.head(), head, "head");
        assertEq(hub.sequence(), sequence, "sequence");
    }
}
