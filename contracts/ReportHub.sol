// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IParticleAllocation} from "./interfaces/IParticleAllocation.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {IReportHub} from "./interfaces/IReportHub.sol";
import {EventTree} from "./libraries/EventTree.sol";
import {HeadChain} from "./libraries/HeadChain.sol";
import {ReportHash} from "./libraries/ReportHash.sol";
import {Signers} from "./libraries/Signers.sol";
import {Report} from "./types/Reports.sol";
import {Decision, Line} from "./types/Reservations.sol";
import {PAUSE_REPORTS, ROLE_GUARDIAN} from "./types/Roles.sol";

/// @title ReportHub
/// @notice See {IReportHub}.
contract ReportHub is IReportHub, EIP712 {
    using Signers for Signers.Book;

    /// @dev All that changes with a report or bounds it, in one word beside the head.
    struct Progress {
        uint64 era;
        uint64 sequence;
        uint56 voidThrough;
        bool eraClosed;
        uint32 configCount;
        uint8 threshold;
        uint8 signerCount;
    }

    /// @dev Reports that can be settled and proven without chaining logs; at one a minute, 45 days.
    uint256 private constant RING_SIZE = 65_536;
    /// @dev The chain knows 256 hashes; the margin lets a transaction wait a few blocks.
    uint256 private constant BLOCK_REACH = 250;
    /// @dev The dearest refusal, of a path of 12 links, takes 180,000 gas and the dearest line 37,000: 11.6M and 7.4M,
    /// of the 16.7M that a transaction may use.
    uint256 private constant MAX_DECISIONS = 64;
    uint256 private constant MAX_LINES = 200;
    bytes32 private constant ATTESTATION_TYPEHASH = keccak256(
        "Attestation(bytes32 reportHash,bytes32 configDigest,uint64 anchorBlock,bytes32 anchorHash)"
    );

    IRealmRegistry private immutable _registry;
    IParticleAllocation private immutable _allocation;
    /// @inheritdoc IReportHub
    uint32 public immutable challengeSeconds;
    /// @inheritdoc IReportHub
    uint32 public immutable rotationDelaySeconds;

    /// @inheritdoc IReportHub
    bytes32 public head;
    Progress private _progress;
    Signers.Book private _signers;
    /// @dev One bit for each sequence.
    mapping(uint256 word => uint256 bits) private _settled;
    bytes32[RING_SIZE] private _ring;
    /// @dev Which decisions of a report did not apply when it was accepted, bit by bit; nearly always none. Another
    /// report granted those, and only that one's being void takes the grant back.
    mapping(bytes32 ringDigest => uint256 bits) private _skipped;

    modifier onlyAdmin() {
        if (msg.sender != _registry.admin()) revert ReportHub_NotAdmin(msg.sender);
        _;
    }

    /// @notice Sets the first signers, and what stays for good.
    /// @param registry_ Where the roles, the pause bits and the admin are.
    /// @param allocation_ The allocation contract; it may be deployed later, at the predicted address.
    /// @param signers_ Strictly ascending addresses, 1 to 32.
    /// @param threshold_ Signatures a report needs, 1 to the number of signers.
    /// @param challengeSeconds_ Time between acceptance and settlement; 0 on a development chain.
    /// @param rotationDelaySeconds_ Time between announcing and executing a rotation; 0 on a development chain.
    constructor(
        address registry_,
        address allocation_,
        address[] memory signers_,
        uint8 threshold_,
        uint32 challengeSeconds_,
        uint32 rotationDelaySeconds_
    ) EIP712("PQMS ReportHub", "1") {
        _registry = IRealmRegistry(registry_);
        _allocation = IParticleAllocation(allocation_);
        challengeSeconds = challengeSeconds_;
        rotationDelaySeconds = rotationDelaySeconds_;
        Signers.check(signers_, threshold_);
        _setSigners(signers_, threshold_);
    }

    /// @inheritdoc IReportHub
    function startEra(uint32 meshVersion, bytes32 scenarioHash, uint64 seed, bytes32 snapshotHash) external onlyAdmin {
        // Check:
        Progress memory progress = _progress;
        if (progress.voidThrough != 0) revert ReportHub_NotReopened(progress.voidThrough);
        // Effect:
        uint64 number = progress.era + 1;
        bytes32 newHead = keccak256(abi.encode(head, number, meshVersion, scenarioHash, seed, snapshotHash));
        head = newHead;
        (_progress.era, _progress.eraClosed) = (number, false);
        emit EraStarted(number, meshVersion, scenarioHash, seed, snapshotHash, newHead);
    }

    /// @inheritdoc IReportHub
    function submit(
        Report calldata report,
        Decision[] calldata decisions,
        bytes[] calldata signatures,
        uint64 anchorBlock,
        bytes32 anchorHash
    ) external {
        // Check:
        uint256 pauseBits = _registry.paused();
        if (pauseBits & PAUSE_REPORTS != 0) revert ReportHub_Paused(pauseBits);
        _checkOrder(report);
        _checkDecisions(report, decisions);
        _checkAnchor(report, anchorBlock, anchorHash);
        bytes32 hash = reportHash(report);
        bytes32 digest = attestationDigest(hash, anchorBlock, anchorHash);
        uint256 mask = _signers.verify(
            _progress.configCount,
            _progress.threshold,
            _progress.signerCount,
            digest,
            signatures
        );
        // Effect:
        (uint64 number, uint64 acceptedAt) = (report.sequence, uint64(block.timestamp));
        (_progress.sequence, head) = (number, hash);
        bytes32 held = ReportHash.ringDigest(hash, acceptedAt);
        _ring[number % RING_SIZE] = held;
        emit ReportAccepted(number, hash, msg.sender, acceptedAt, mask, report);
        // Interaction:
        if (decisions.length == 0) return;
        uint256 skipped = _allocation.decide(decisions);
        if (skipped != 0) _skipped[held] = skipped;
    }

    /// @inheritdoc IReportHub
    function settle(Report calldata report, uint64 acceptedAt, Line[] calldata lines) external {
        // Check:
        uint64 number = report.sequence;
        uint256 until = _requireHeld(report, acceptedAt) + challengeSeconds;
        if (block.timestamp < until) revert ReportHub_ChallengeOpen(number, until);
        if (isSettled(number)) revert ReportHub_AlreadySettled(number);
        if (lines.length > MAX_LINES) revert ReportHub_TooManyLines(lines.length, MAX_LINES);
        bytes memory encoded = _encode(lines);
        bytes32 linesHash = keccak256(encoded);
        if (linesHash != report.linesHash) revert ReportHub_WrongLines(linesHash, report.linesHash);
        // Effect:
        _settled[number >> 8] |= 1 << (number & 0xff);
        emit ReportSettled(number, lines.length);
        // Interaction:
        if (lines.length != 0) {
            bytes memory call = bytes.concat(IParticleAllocation.settleLines.selector, encoded);
            Address.functionCall(address(_allocation), call);
        }
    }

    /// @inheritdoc IReportHub
    function disable(Report calldata report, uint64 acceptedAt) external {
        // Check:
        if (!_registry.hasRole(msg.sender, ROLE_GUARDIAN)) revert ReportHub_MissingRole(msg.sender, ROLE_GUARDIAN);
        uint256 until = _requireHeld(report, acceptedAt) + challengeSeconds;
        if (block.timestamp >= until) revert ReportHub_ChallengeOver(report.sequence, until);
        // Effect:
        Progress memory progress = _progress;
        uint64 through = progress.sequence;
        progress.sequence = report.sequence - 1;
        progress.eraClosed = true;
        // Void reports above are waiting already when a second one is disabled before all were reopened.
        if (progress.voidThrough == 0) progress.voidThrough = uint56(through);
        (_progress, head) = (progress, report.previousHead);
        emit ReportsDisabled(report.sequence, through, report.previousHead);
    }

    /// @inheritdoc IReportHub
    function reopen(Report calldata report, uint64 acceptedAt, Decision[] calldata decisions) external {
        // Check:
        uint64 expected = _progress.voidThrough;
        if (expected == 0 || report.sequence != expected) {
            revert ReportHub_NotNextToReopen(report.sequence, expected);
        }
        bytes32 given = ReportHash.ringDigest(reportHash(report), acceptedAt);
        bytes32 held = _ring[expected % RING_SIZE];
        if (given != held) revert ReportHub_UnknownReport(expected, given, held);
        _checkDecisions(report, decisions);
        // Effect:
        _progress.voidThrough = expected - 1 > _progress.sequence ? uint56(expected - 1) : 0;
        emit ReportReopened(expected, decisions.length);
        // Interaction:
        if (decisions.length != 0) _allocation.reopen(decisions, _skipped[given]);
    }

    /// @inheritdoc IReportHub
    function scheduleRotation(address[] calldata signers_, uint8 threshold_) external onlyAdmin {
        Signers.check(signers_, threshold_);
        uint64 executableAt = uint64(block.timestamp) + rotationDelaySeconds;
        _signers.schedule(signers_, threshold_, executableAt);
        emit RotationScheduled(signers_, threshold_, executableAt);
    }

    /// @inheritdoc IReportHub
    function cancelRotation() external onlyAdmin {
        if (_signers.executableAt == 0) revert ReportHub_NoRotation();
        _signers.unschedule();
        emit RotationScheduled(new address[](0), 0, 0);
    }

    /// @inheritdoc IReportHub
    function rotate() external {
        // Check:
        (address[] memory signers_, uint8 threshold_, uint64 executableAt) = rotation();
        if (executableAt == 0) revert ReportHub_NoRotation();
        if (block.timestamp < executableAt) revert ReportHub_RotationNotYet(executableAt);
        // Effect:
        _signers.unschedule();
        _setSigners(signers_, threshold_);
    }

    /// @inheritdoc IReportHub
    function verifyEvent(
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external view returns (bool) {
        return _isHeld(report, acceptedAt) && _isIncluded(report, index, payload, proof);
    }

    /// @inheritdoc IReportHub
    function verifyOlder(
        Report calldata report,
        bytes[] calldata preimages,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external view returns (bool) {
        return
            head != 0 &&
            HeadChain.follow(reportHash(report), preimages) == head &&
            _isIncluded(report, index, payload, proof);
    }

    /// @inheritdoc IReportHub
    function isFinal(Report calldata report, uint64 acceptedAt) external view returns (bool) {
        return _isHeld(report, acceptedAt) && block.timestamp >= uint256(acceptedAt) + challengeSeconds;
    }

    /// @inheritdoc IReportHub
    function era() external view returns (uint64) {
        return _progress.era;
    }

    /// @inheritdoc IReportHub
    function sequence() external view returns (uint64) {
        return _progress.sequence;
    }

    /// @inheritdoc IReportHub
    function voidThrough() external view returns (uint64) {
        return _progress.voidThrough;
    }

    /// @inheritdoc IReportHub
    function eraClosed() external view returns (bool) {
        return _progress.eraClosed;
    }

    /// @inheritdoc IReportHub
    function configDigest() external view returns (bytes32) {
        return _signers.configDigest;
    }

    /// @inheritdoc IReportHub
    function configCount() external view returns (uint64) {
        return _progress.configCount;
    }

    /// @inheritdoc IReportHub
    function threshold() external view returns (uint8) {
        return _progress.threshold;
    }

    /// @inheritdoc IReportHub
    function signers() external view returns (address[] memory) {
        return _signers.current;
    }

    /// @inheritdoc IReportHub
    function rotation() public view returns (address[] memory signers_, uint8 threshold_, uint64 executableAt) {
        return (_signers.next, _signers.nextThreshold, _signers.executableAt);
    }

    /// @inheritdoc IReportHub
    function attestationDigest(
        bytes32 reportHash_,
        uint64 anchorBlock,
        bytes32 anchorHash
    ) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(abi.encode(ATTESTATION_TYPEHASH, reportHash_, _signers.configDigest, anchorBlock, anchorHash))
            );
    }

    /// @inheritdoc IReportHub
    function digestOf(uint64 sequence_) public view returns (bytes32) {
        uint64 last = _progress.sequence;
        if (sequence_ == 0 || sequence_ > last || last - sequence_ >= RING_SIZE) return 0;
        return _ring[sequence_ % RING_SIZE];
    }

    /// @inheritdoc IReportHub
    function isSettled(uint64 sequence_) public view returns (bool) {
        return (_settled[sequence_ >> 8] >> (sequence_ & 0xff)) & 1 == 1;
    }

    /// @inheritdoc IReportHub
    function reportHash(Report calldata report) public pure returns (bytes32) {
        return ReportHash.hashOf(report);
    }

    function _setSigners(address[] memory signers_, uint8 threshold_) private {
        uint32 number = _progress.configCount + 1;
        bytes32 digest = keccak256(abi.encode(block.chainid, address(this), number, signers_, threshold_));
        Progress memory progress = _progress;
        (progress.configCount, progress.threshold) = (number, threshold_);
        progress.signerCount = uint8(signers_.length);
        _progress = progress;
        _signers.set(number, signers_, digest);
        emit ConfigSet(number, digest, signers_, threshold_, challengeSeconds);
    }

    /// @dev Reverts unless the ring holds the report; its time of acceptance, wide enough to add to.
    function _requireHeld(Report calldata report, uint64 acceptedAt) private view returns (uint256) {
        bytes32 given = ReportHash.ringDigest(reportHash(report), acceptedAt);
        bytes32 held = digestOf(report.sequence);
        if (given != held) revert ReportHub_UnknownReport(report.sequence, given, held);
        return acceptedAt;
    }

    function _isHeld(Report calldata report, uint64 acceptedAt) private view returns (bool) {
        return ReportHash.ringDigest(reportHash(report), acceptedAt) == digestOf(report.sequence);
    }

    function _checkAnchor(Report calldata report, uint64 anchorBlock, bytes32 anchorHash) private view {
        if (anchorBlock == 0) {
            _checkBlock(report.toBlock, report.toBlockHash);
        } else {
            if (anchorBlock <= report.toBlock) revert ReportHub_AnchorNotAbove(anchorBlock, report.toBlock);
            _checkBlock(anchorBlock, anchorHash);
        }
    }

    function _checkBlock(uint64 blockNumber, bytes32 given) private view {
        if (blockNumber >= block.number || block.number - blockNumber > BLOCK_REACH) {
            uint256 earliest = block.number > BLOCK_REACH ? block.number - BLOCK_REACH : 0;
            revert ReportHub_BlockOutOfReach(blockNumber, earliest, block.number - 1);
        }
        bytes32 expected = blockhash(blockNumber);
        if (given != expected) revert ReportHub_WrongBlockHash(blockNumber, given, expected);
    }

    function _checkOrder(Report calldata report) private view {
        Progress storage progress = _progress;
        if (progress.era == 0) revert ReportHub_NoEra();
        if (progress.eraClosed) revert ReportHub_EraClosed(progress.era);
        if (report.era != progress.era) revert ReportHub_WrongEra(report.era, progress.era);
        unchecked {
            // No chain accepts 2^64 reports.
            uint64 next = progress.sequence + 1;
            if (report.sequence != next) revert ReportHub_WrongSequence(report.sequence, next);
        }
        if (report.previousHead != head) revert ReportHub_WrongHead(report.previousHead, head);
    }

    function _isIncluded(
        Report calldata report,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) private pure returns (bool) {
        bytes32 leaf = EventTree.leafHash(report.sequence, index, payload);
        return EventTree.verify(report.eventsRoot, report.count, index, leaf, proof);
    }

    /// @dev abi.encode(lines), copied from the calldata as a whole: it is what stands there, two words a line. Who
    /// reads a line checks that it is in range.
    function _encode(Line[] calldata lines) private pure returns (bytes memory encoded) {
        uint256 size = lines.length * 64;
        encoded = new bytes(64 + size);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(add(encoded, 32), 32)
            mstore(add(encoded, 64), lines.length)
            calldatacopy(add(encoded, 96), lines.offset, size)
        }
    }

    function _checkDecisions(Report calldata report, Decision[] calldata decisions) private pure {
        if (decisions.length > MAX_DECISIONS) revert ReportHub_TooManyDecisions(decisions.length, MAX_DECISIONS);
        bytes32 decisionsHash = keccak256(abi.encode(decisions));
        if (decisionsHash != report.decisionsHash) {
            revert ReportHub_WrongDecisions(decisionsHash, report.decisionsHash);
        }
    }
}
