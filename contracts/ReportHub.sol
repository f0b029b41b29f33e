// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IParticleAllocation} from "./interfaces/IParticleAllocation.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {IReportHub} from "./interfaces/IReportHub.sol";
import {EventTree} from "./libraries/EventTree.sol";
import {PAUSE_REPORTS} from "./types/Roles.sol";
import {Decision, Line, Report} from "./types/Types.sol";

/// @title ReportHub
/// @notice See {IReportHub}.
contract ReportHub is IReportHub, EIP712 {
    /// @dev Reports that can be settled and proven without chaining logs; at one a minute, 45 days.
    uint256 private constant RING_SIZE = 65_536;
    /// @dev The chain knows 256 hashes; the margin lets a transaction wait a few blocks.
    uint256 private constant BLOCK_REACH = 250;
    /// @dev At 45,000 gas for a refusal and 45,000 for a line, both stay far below 16.7M gas.
    uint256 private constant MAX_DECISIONS = 64;
    uint256 private constant MAX_LINES = 200;
    /// @dev One bit each in the mask of {ReportAccepted}, and a bound on the gas of a report.
    uint256 private constant MAX_SIGNERS = 32;
    /// @dev The signer set of this contract never changes; a rotation will count further.
    uint64 private constant CONFIG_COUNT = 1;
    bytes32 private constant ATTESTATION_TYPEHASH = keccak256(
        "Attestation(bytes32 reportHash,bytes32 configDigest,uint64 anchorBlock,bytes32 anchorHash)"
    );

    IRealmRegistry private immutable _registry;
    IParticleAllocation private immutable _allocation;
    /// @inheritdoc IReportHub
    bytes32 public immutable configDigest;
    /// @inheritdoc IReportHub
    uint8 public immutable threshold;
    /// @inheritdoc IReportHub
    uint32 public immutable challengeSeconds;

    /// @inheritdoc IReportHub
    bytes32 public head;
    /// @inheritdoc IReportHub
    uint64 public era;
    /// @inheritdoc IReportHub
    uint64 public sequence;
    address[] private _signers;
    uint256 private immutable _signerCount;
    /// @dev Position in `_signers`, from 1; 0 for others.
    mapping(address signer => uint256 position) private _positions;
    /// @dev One bit for each sequence.
    mapping(uint256 word => uint256 bits) private _settled;
    bytes32[RING_SIZE] private _ring;

    /// @notice Fixes signers, threshold and challenge window for good.
    /// @param registry_ Where the pause bits and the admin are.
    /// @param allocation_ The allocation contract; it may be deployed later, at the predicted address.
    /// @param signers_ Strictly ascending addresses, 1 to 32.
    /// @param threshold_ Signatures a report needs, 1 to the number of signers.
    /// @param challengeSeconds_ Time between acceptance and settlement; 0 on a development chain.
    constructor(
        address registry_,
        address allocation_,
        address[] memory signers_,
        uint8 threshold_,
        uint32 challengeSeconds_
    ) EIP712("PQMS ReportHub", "1") {
        uint256 count = signers_.length;
        if (count == 0 || count > MAX_SIGNERS || threshold_ == 0 || threshold_ > count) {
            revert ReportHub_BadConfig(count, threshold_);
        }
        address previous = address(0);
        for (uint256 i = 0; i < count; ++i) {
            if (signers_[i] <= previous) revert ReportHub_SignersNotAscending(i, signers_[i], previous);
            previous = signers_[i];
            _positions[previous] = i + 1;
        }
        _registry = IRealmRegistry(registry_);
        _allocation = IParticleAllocation(allocation_);
        _signers = signers_;
        _signerCount = count;
        threshold = threshold_;
        challengeSeconds = challengeSeconds_;
        configDigest = keccak256(abi.encode(block.chainid, address(this), CONFIG_COUNT, signers_, threshold_));
        emit ConfigSet(CONFIG_COUNT, configDigest, signers_, threshold_, challengeSeconds_);
    }

    /// @inheritdoc IReportHub
    function startEra(uint32 meshVersion, bytes32 scenarioHash, uint64 seed, bytes32 snapshotHash) external {
        if (msg.sender != _registry.admin()) revert ReportHub_NotAdmin(msg.sender);
        uint64 number = era + 1;
        bytes32 newHead = keccak256(abi.encode(head, number, meshVersion, scenarioHash, seed, snapshotHash));
        (era, head) = (number, newHead);
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
        uint256 mask = _checkSignatures(attestationDigest(hash, anchorBlock, anchorHash), signatures);
        // Effect:
        uint64 acceptedAt = uint64(block.timestamp);
        (sequence, head) = (report.sequence, hash);
        _ring[report.sequence % RING_SIZE] = _ringDigest(hash, acceptedAt);
        emit ReportAccepted(report.sequence, hash, msg.sender, acceptedAt, mask, report);
        // Interaction:
        if (decisions.length != 0) _allocation.decide(decisions);
    }

    /// @inheritdoc IReportHub
    function settle(Report calldata report, uint64 acceptedAt, Line[] calldata lines) external {
        // Check:
        uint64 number = report.sequence;
        bytes32 given = _ringDigest(reportHash(report), acceptedAt);
        bytes32 held = digestOf(number);
        if (given != held) revert ReportHub_UnknownReport(number, given, held);
        uint256 until = uint256(acceptedAt) + challengeSeconds;
        if (block.timestamp < until) revert ReportHub_ChallengeOpen(number, until);
        if (isSettled(number)) revert ReportHub_AlreadySettled(number);
        if (lines.length > MAX_LINES) revert ReportHub_TooManyLines(lines.length, MAX_LINES);
        bytes32 linesHash = keccak256(abi.encode(lines));
        if (linesHash != report.linesHash) revert ReportHub_WrongLines(linesHash, report.linesHash);
        // Effect:
        _settled[number >> 8] |= 1 << (number & 0xff);
        emit ReportSettled(number, lines.length);
        // Interaction:
        if (lines.length != 0) _allocation.settleLines(lines);
    }

    /// @inheritdoc IReportHub
    function verifyEvent(
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external view returns (bool) {
        if (_ringDigest(reportHash(report), acceptedAt) != digestOf(report.sequence)) return false;
        bytes32 leaf = EventTree.leafHash(report.sequence, index, payload);
        return EventTree.verify(report.eventsRoot, report.count, index, leaf, proof);
    }

    /// @inheritdoc IReportHub
    function signers() external view returns (address[] memory) {
        return _signers;
    }

    /// @inheritdoc IReportHub
    function attestationDigest(
        bytes32 reportHash_,
        uint64 anchorBlock,
        bytes32 anchorHash
    ) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(abi.encode(ATTESTATION_TYPEHASH, reportHash_, configDigest, anchorBlock, anchorHash))
            );
    }

    /// @inheritdoc IReportHub
    function digestOf(uint64 sequence_) public view returns (bytes32) {
        uint64 last = sequence;
        if (sequence_ == 0 || sequence_ > last || last - sequence_ >= RING_SIZE) return 0;
        return _ring[sequence_ % RING_SIZE];
    }

    /// @inheritdoc IReportHub
    function isSettled(uint64 sequence_) public view returns (bool) {
        return (_settled[sequence_ >> 8] >> (sequence_ & 0xff)) & 1 == 1;
    }

    /// @inheritdoc IReportHub
    function reportHash(Report calldata report) public pure returns (bytes32) {
        return keccak256(abi.encode(report));
    }

    function _checkOrder(Report calldata report) private view {
        if (era == 0) revert ReportHub_NoEra();
        if (report.era != era) revert ReportHub_WrongEra(report.era, era);
        if (report.sequence != sequence + 1) revert ReportHub_WrongSequence(report.sequence, sequence + 1);
        if (report.previousHead != head) revert ReportHub_WrongHead(report.previousHead, head);
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
        uint256 latest = block.number - 1;
        uint256 earliest = block.number > BLOCK_REACH ? block.number - BLOCK_REACH : 0;
        if (blockNumber < earliest || blockNumber > latest) {
            revert ReportHub_BlockOutOfReach(blockNumber, earliest, latest);
        }
        bytes32 expected = blockhash(blockNumber);
        if (given != expected) revert ReportHub_WrongBlockHash(blockNumber, given, expected);
    }

    function _checkSignatures(bytes32 digest, bytes[] calldata signatures) private view returns (uint256 mask) {
        uint256 count = signatures.length;
        if (count < threshold || count > _signerCount) {
            revert ReportHub_SignatureCount(count, threshold, _signerCount);
        }
        address previous = address(0);
        for (uint256 i = 0; i < count; ++i) {
            (address recovered, ECDSA.RecoverError problem, ) = ECDSA.tryRecoverCalldata(digest, signatures[i]);
            if (problem != ECDSA.RecoverError.NoError) revert ReportHub_BadSignature(i);
            if (recovered <= previous) revert ReportHub_SignersNotAscending(i, recovered, previous);
            uint256 position = _positions[recovered];
            if (position == 0) revert ReportHub_UnknownSigner(i, recovered);
            mask |= 1 << (position - 1);
            previous = recovered;
        }
    }

    function _checkDecisions(Report calldata report, Decision[] calldata decisions) private pure {
        if (decisions.length > MAX_DECISIONS) revert ReportHub_TooManyDecisions(decisions.length, MAX_DECISIONS);
        bytes32 decisionsHash = keccak256(abi.encode(decisions));
        if (decisionsHash != report.decisionsHash) {
            revert ReportHub_WrongDecisions(decisionsHash, report.decisionsHash);
        }
    }

    function _ringDigest(bytes32 hash, uint64 acceptedAt) private pure returns (bytes32) {
        return keccak256(abi.encode(hash, acceptedAt));
    }
}
