// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../types/Reports.sol";
import {Decision, Line} from "../types/Reservations.sol";

/// @title IReportHub
/// @notice The only door for oracles: eras, reports signed by `threshold` of the signers, settlement, proofs.
/// @dev Trust: the signers say what the mesh did; the chain checks order, block hash and signatures, not physics.
/// Anyone can recompute every report from the chain, because the mesh is deterministic.
/// A report's digest is kept in a ring of 65,536; older ones are proven by chaining accepted reports to the head.
/// Signatures are made over EIP-712 domain ("PQMS ReportHub", "1", chain id, this contract) and
/// `Attestation(bytes32 reportHash,bytes32 configDigest,uint64 anchorBlock,bytes32 anchorHash)`.
interface IReportHub {
    /// @notice Emitted when signers and threshold are set: at deployment, and by each rotation.
    /// @param configDigest keccak256(abi.encode(chainid, this, configCount, signers, threshold)).
    event ConfigSet(
        uint64 indexed configCount,
        bytes32 configDigest,
        address[] signers,
        uint8 threshold,
        uint32 challengeSeconds
    );

    /// @notice Emitted when a rotation of the signers is announced.
    /// @param executableAt Chain time from which anyone may execute it; 0 when the announcement is withdrawn.
    event RotationScheduled(address[] signers, uint8 threshold, uint64 executableAt);

    /// @notice Emitted when the reports from `from` to `through` are made void.
    /// @param head The head as it was before `from`; only a new era can follow it.
    event ReportsDisabled(uint64 indexed from, uint64 through, bytes32 head);

    /// @notice Emitted when the grants of a void report have been taken back.
    event ReportReopened(uint64 indexed sequence, uint256 decisions);

    /// @notice Emitted when an era begins; the mesh's time starts at this block's time.
    /// @param head The head that the era's first report must name.
    event EraStarted(
        uint64 indexed era,
        uint32 meshVersion,
        bytes32 scenarioHash,
        uint64 seed,
        bytes32 snapshotHash,
        bytes32 head
    );

    /// @notice Emitted when a report is accepted; its hash is the new head.
    /// @param acceptedAt Time of acceptance, needed to settle and to prove.
    /// @param signersMask Bit i is set when `signers()[i]` signed.
    event ReportAccepted(
        uint64 indexed sequence,
        bytes32 indexed reportHash,
        address indexed submitter,
        uint64 acceptedAt,
        uint256 signersMask,
        Report report
    );

    /// @notice Emitted when a report's settlement lines have been executed.
    event ReportSettled(uint64 indexed sequence, uint256 lines);

    /// @notice The caller is not the registry's admin.
    error ReportHub_NotAdmin(address caller);

    /// @notice Reports are paused.
    error ReportHub_Paused(uint256 bits);

    /// @notice No era has been started.
    error ReportHub_NoEra();

    /// @notice The report belongs to another era.
    error ReportHub_WrongEra(uint64 era, uint64 expected);

    /// @notice The report is not the next one.
    error ReportHub_WrongSequence(uint64 sequence, uint64 expected);

    /// @notice The report does not follow the head.
    error ReportHub_WrongHead(bytes32 previousHead, bytes32 expected);

    /// @notice The block is not among the 250 before this one; name a recent anchor block instead.
    error ReportHub_BlockOutOfReach(uint64 blockNumber, uint256 earliest, uint256 latest);

    /// @notice The block has another hash: it was replaced, or the report is for another chain.
    error ReportHub_WrongBlockHash(uint64 blockNumber, bytes32 given, bytes32 expected);

    /// @notice The anchor must be above the report's last block.
    error ReportHub_AnchorNotAbove(uint64 anchorBlock, uint64 toBlock);

    /// @notice The decisions are not the ones in the report.
    error ReportHub_WrongDecisions(bytes32 given, bytes32 expected);

    /// @notice The lines are not the ones in the report.
    error ReportHub_WrongLines(bytes32 given, bytes32 expected);

    /// @notice More decisions than one report may carry.
    error ReportHub_TooManyDecisions(uint256 count, uint256 max);

    /// @notice More lines than one report may carry.
    error ReportHub_TooManyLines(uint256 count, uint256 max);

    /// @notice Fewer signatures than the threshold, or more than there are signers.
    error ReportHub_SignatureCount(uint256 count, uint256 threshold, uint256 signers);

    /// @notice Signature `index` is malformed, malleable or recovers to nobody.
    error ReportHub_BadSignature(uint256 index);

    /// @notice Signature `index` is by somebody who is no signer.
    error ReportHub_UnknownSigner(uint256 index, address recovered);

    /// @notice Signatures must come in strictly ascending order of the signers' addresses.
    error ReportHub_SignersNotAscending(uint256 index, address recovered, address previous);

    /// @notice The ring holds no such report (never accepted, other time of acceptance, or overwritten).
    error ReportHub_UnknownReport(uint64 sequence, bytes32 given, bytes32 held);

    /// @notice The challenge window is open until `until`.
    error ReportHub_ChallengeOpen(uint64 sequence, uint256 until);

    /// @notice The report's lines have been executed already.
    error ReportHub_AlreadySettled(uint64 sequence);

    /// @notice At deployment: signers must be 1 to 32, strictly ascending, not zero, and threshold 1 to their number.
    error ReportHub_BadConfig(uint256 signers, uint8 threshold);

    /// @notice The caller lacks the role `needed`.
    error ReportHub_MissingRole(address caller, uint256 needed);

    /// @notice No rotation is announced.
    error ReportHub_NoRotation();

    /// @notice The rotation can be executed from `executableAt` on.
    error ReportHub_RotationNotYet(uint64 executableAt);

    /// @notice The report's challenge window was over at `until`; it stands.
    error ReportHub_ChallengeOver(uint64 sequence, uint256 until);

    /// @notice Reports were disabled: the next one needs a new era.
    error ReportHub_EraClosed(uint64 era);

    /// @notice Void reports are reopened from the last one back; the next is `expected`, 0 when none is left.
    error ReportHub_NotNextToReopen(uint64 sequence, uint64 expected);

    /// @notice Void reports must be reopened first, from `last` back.
    error ReportHub_NotReopened(uint64 last);

    /// @notice Starts an era.
    /// @dev Emits an {EraStarted} event.
    /// Notes:
    /// - head becomes keccak256(abi.encode(previousHead, era, meshVersion, scenarioHash, seed, snapshotHash)).
    /// - `sequence` counts on over eras.
    /// Requirements:
    /// - The caller must be the registry's admin.
    /// - All void reports must be reopened.
    /// @param meshVersion Version of the mesh that replays this era.
    /// @param scenarioHash keccak256 of the scenario file's bytes.
    /// @param seed Seed of the mesh's random numbers.
    /// @param snapshotHash Snapshot to start from; 0 means an empty mesh.
    function startEra(uint32 meshVersion, bytes32 scenarioHash, uint64 seed, bytes32 snapshotHash) external;

    /// @notice Hands in the next report; anyone may, the signatures count.
    /// @dev Emits a {ReportAccepted} event, and the events of the decisions.
    /// Notes:
    /// - Acceptance depends on sequence, head, block hash, signatures and pause alone. A decision that no longer
    ///   applies is skipped with an event and never reverts.
    /// - A block's hash is unknown inside that block: simulate with tag `pending`, send an explicit gas limit.
    /// Requirements:
    /// - Reports must not be paused, and an era must run.
    /// - Era, sequence and previous head must be the expected ones; `report.decisionsHash` must match `decisions`.
    /// - `anchorBlock` 0: `toBlock` is one of the 250 blocks before this one and has the hash `toBlockHash`.
    ///   Otherwise that holds for `anchorBlock` and `anchorHash`, and `toBlock` < `anchorBlock`.
    /// - At least `threshold` signatures (65 bytes, r, s, v), in strictly ascending order of signer addresses.
    /// - At most 64 decisions.
    function submit(
        Report calldata report,
        Decision[] calldata decisions,
        bytes[] calldata signatures,
        uint64 anchorBlock,
        bytes32 anchorHash
    ) external;

    /// @notice Executes an accepted report's settlement lines; open to anyone, never paused.
    /// @dev Emits a {ReportSettled} event, and the events of the lines.
    /// Notes:
    /// - A line that does not apply is skipped with an event and never reverts.
    /// Requirements:
    /// - The report must be in the ring with this `acceptedAt`; `report.linesHash` must match `lines`.
    /// - `challengeSeconds` must have passed since, and the lines must not have been executed.
    /// - At most 200 lines.
    function settle(Report calldata report, uint64 acceptedAt, Line[] calldata lines) external;

    /// @notice Makes a report and all later ones void, while its challenge window is open.
    /// @dev Emits a {ReportsDisabled} event.
    /// Notes:
    /// - The head becomes what it was before; reporting resumes only in a new era, whose reports use the sequences
    /// anew.
    /// - Lines of void reports can never be executed. Grants are taken back by `reopen`. A refusal stands, because its
    ///   money has been given back.
    /// Requirements:
    /// - The caller must have GUARDIAN.
    /// - The report must be in the ring with this `acceptedAt`, and now < acceptedAt + challengeSeconds.
    function disable(Report calldata report, uint64 acceptedAt) external;

    /// @notice Takes back the grants of a void report; open to anyone, from the last one back.
    /// @dev Emits a {ReportReopened} event, and the events of the reservations.
    /// Notes:
    /// - Only what this report itself granted is taken back. A grant that it merely repeats, of an earlier report or of
    ///   an era before, is that report's and stands with it.
    /// Requirements:
    /// - The report must be the last void one that is not yet reopened; `decisions` must be its decisions.
    function reopen(Report calldata report, uint64 acceptedAt, Decision[] calldata decisions) external;

    /// @notice Announces new signers; a later announcement replaces an earlier one.
    /// @dev Emits a {RotationScheduled} event.
    /// Requirements:
    /// - The caller must be the registry's admin.
    /// - 1 to 32 signers, strictly ascending, not zero; threshold 1 to their number.
    function scheduleRotation(address[] calldata signers_, uint8 threshold_) external;

    /// @notice Withdraws the announcement.
    /// @dev Emits a {RotationScheduled} event with time 0.
    /// Requirements:
    /// - The caller must be the registry's admin; a rotation must be announced.
    function cancelRotation() external;

    /// @notice Executes the announced rotation; open to anyone. Signatures by the old configuration end with it.
    /// @dev Emits a {ConfigSet} event.
    /// Requirements:
    /// - A rotation must be announced, and its time must have come.
    function rotate() external;

    /// @notice Whether a leaf is in an accepted report that the ring still holds.
    /// @param index Position of the leaf, from 0.
    /// @param payload The leaf's bytes.
    /// @param proof Siblings from the leaf up; as many as the tree is deep.
    /// @return False for anything that is not proven; never reverts for well-formed input.
    function verifyEvent(
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice Whether a leaf is in a report of any age, proven by the chain of heads that leads from it to the
    /// present.
    /// @param report The report that holds the leaf.
    /// @param preimages What each later head is the hash of, oldest first, up to the present head: abi.encode(report),
    /// or for an era's start abi.encode(previousHead, era, meshVersion, scenarioHash, seed, snapshotHash). Empty when
    /// the report is the last one.
    /// @return False for anything that is not proven; never reverts for well-formed input.
    function verifyOlder(
        Report calldata report,
        bytes[] calldata preimages,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice Whether a report was accepted, is not void, and its challenge window is over.
    function isFinal(Report calldata report, uint64 acceptedAt) external view returns (bool);

    /// @notice keccak256(abi.encode(report)).
    function reportHash(Report calldata report) external pure returns (bytes32);

    /// @notice The EIP-712 digest that signers sign.
    function attestationDigest(
        bytes32 reportHash_,
        uint64 anchorBlock,
        bytes32 anchorHash
    ) external view returns (bytes32);

    /// @notice What the next report must name as `previousHead`.
    function head() external view returns (bytes32);

    /// @notice Sequence of the last accepted report; 0 before the first.
    function sequence() external view returns (uint64);

    /// @notice Number of the running era; 0 before the first.
    function era() external view returns (uint64);

    /// @notice Digest of chain, contract and signers that every signature covers.
    function configDigest() external view returns (bytes32);

    /// @notice The signers, in ascending order.
    function signers() external view returns (address[] memory);

    /// @notice Signatures a report needs.
    function threshold() external view returns (uint8);

    /// @notice Seconds between acceptance of a report and execution of its lines.
    function challengeSeconds() external view returns (uint32);

    /// @notice Seconds between announcement and execution of a rotation.
    function rotationDelaySeconds() external view returns (uint32);

    /// @notice Number of the signers' configuration, counted from 1.
    function configCount() external view returns (uint64);

    /// @notice The announced rotation; time 0 when there is none.
    function rotation() external view returns (address[] memory signers_, uint8 threshold_, uint64 executableAt);

    /// @notice The last void report that is not yet reopened; 0 when there is none.
    function voidThrough() external view returns (uint64);

    /// @notice Whether reports were disabled since the era began, so that only a new era can go on.
    function eraClosed() external view returns (bool);

    /// @notice keccak256(abi.encode(reportHash, acceptedAt)) of a report in the ring; 0 when it is not there.
    function digestOf(uint64 sequence_) external view returns (bytes32);

    /// @notice Whether a report's lines have been executed.
    function isSettled(uint64 sequence_) external view returns (bool);
}
