// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Bookings} from "../libraries/Bookings.sol";
import {ShareBudget} from "../libraries/ShareBudget.sol";
import {TakeBucket} from "../libraries/TakeBucket.sol";
import {BookingHead, BookingTail, FLAG_SHARED, Sharing} from "../types/Booking.sol";
import {ReservationId} from "../types/Ids.sol";
import {Member} from "../types/Reservations.sol";
import {AllocationBase} from "./AllocationBase.sol";

/// @title AllocationShares
/// @notice Takes, and the members who take part in somebody else's entitlement.
abstract contract AllocationShares is AllocationBase {
    using Bookings for BookingHead;
    using Bookings for BookingTail;
    using SafeCast for uint256;

    /// @inheritdoc IParticleAllocation
    function share(ReservationId id, address member, uint32 sharePpm) external {
        // Check:
        BookingHead memory head = _ownHead(id);
        if (!head.isOpen()) revert ParticleAllocation_WrongStatus(id, _statusNow(id, head));
        if (member == address(0) || member == head.client) revert ParticleAllocation_BadMember(id, member);
        Member memory kept = _member(id, member);
        uint32 free = kept.accepted ? 0 : ShareBudget.ALL_PPM - _sharing(id).sharedPpm;
        if (kept.accepted || sharePpm > free) revert ParticleAllocation_ShareOutOfRange(id, sharePpm, free);
        // Effect:
        kept.sharePpm = sharePpm;
        _setMember(id, member, kept);
        emit ShareOffered(id, member, sharePpm);
    }

    /// @inheritdoc IParticleAllocation
    function acceptShare(ReservationId id) external {
        // Check:
        BookingHead memory head = _head(id);
        if (!head.isOpen()) revert ParticleAllocation_WrongStatus(id, _statusNow(id, head));
        Member memory kept = _member(id, msg.sender);
        if (kept.sharePpm == 0 || kept.accepted) revert ParticleAllocation_NoOffer(id, msg.sender);
        Sharing memory sharing = _sharing(id);
        uint32 free = ShareBudget.ALL_PPM - sharing.sharedPpm;
        if (kept.sharePpm > free) revert ParticleAllocation_ShareOutOfRange(id, kept.sharePpm, free);
        // Effect:
        kept.accepted = true;
        _setMember(id, msg.sender, kept);
        // Takes of a member that left and comes back count for it again.
        sharing.sharedPpm += kept.sharePpm;
        sharing.takes += kept.takes;
        _setSharing(id, sharing);
        BookingTail memory tail = _tail(id);
        if (!tail.has(FLAG_SHARED)) {
            tail.flags |= FLAG_SHARED;
            _setTail(id, tail);
        }
        emit ShareAccepted(id, msg.sender, sharing.sharedPpm);
    }

    /// @inheritdoc IParticleAllocation
    function leaveShare(ReservationId id) external {
        // Check:
        Member memory kept = _member(id, msg.sender);
        if (!kept.accepted) revert ParticleAllocation_NoOffer(id, msg.sender);
        // Effect:
        Sharing memory sharing = _sharing(id);
        sharing.sharedPpm -= kept.sharePpm;
        sharing.takes -= kept.takes;
        _setSharing(id, sharing);
        _setMember(id, msg.sender, Member(0, false, kept.takes));
        emit ShareLeft(id, msg.sender, sharing.sharedPpm);
    }

    /// @inheritdoc IParticleAllocation
    function take(ReservationId id, uint32 count) external {
        // Check:
        BookingHead memory head = _head(id);
        BookingTail memory tail = _tail(id);
        if (!_takesPart(id, head, tail, msg.sender)) {
            revert ParticleAllocation_NotClient(id, msg.sender, head.client);
        }
        if (count == 0) revert ParticleAllocation_TakeCountZero(id);
        if (!head.isActive()) revert ParticleAllocation_NotActive(id, _statusNow(id, head));
        uint256 tokens = head.tokensNow(tail);
        uint32 available = TakeBucket.wholeTakesDown(tokens);
        if (count > available) revert ParticleAllocation_TakeRateExceeded(id, count, available);
        // Effect:
        uint32 memberTakes = 0;
        if (tail.has(FLAG_SHARED)) memberTakes = _countInShare(id, head, tail, count);
        uint64 firstTake = uint64(tail.takes) + 1;
        tokens -= uint256(count) * TakeBucket.UNIT;
        tail.takes += count;
        tail.tokens = tokens.toUint24();
        tail.refilled = (block.timestamp - head.start).toUint16();
        _setTail(id, tail);
        emit TakeRequested(id, msg.sender, firstTake, count, TakeBucket.milliTakesDown(tokens), memberTakes);
    }

    /// @inheritdoc IParticleAllocation
    function memberOf(ReservationId id, address member) external view returns (Member memory) {
        return _member(id, member);
    }

    /// @inheritdoc IParticleAllocation
    function takeTokens(ReservationId id, address taker) external view returns (uint32) {
        BookingHead memory head = _head(id);
        BookingTail memory tail = _tail(id);
        if (!head.isActive() || !_takesPart(id, head, tail, taker)) return 0;
        uint32 inBucket = TakeBucket.wholeTakesDown(head.tokensNow(tail));
        if (!tail.has(FLAG_SHARED)) return inBucket;
        uint32 inShare = _leftInShareDown(id, head, tail, taker);
        return inBucket < inShare ? inBucket : inShare;
    }

    /// @notice Checks the caller's share and counts its takes in it. Gives a member's takes afterwards; 0 for the
    /// client, whose takes are what members leave.
    function _countInShare(
        ReservationId id,
        BookingHead memory head,
        BookingTail memory tail,
        uint32 count
    ) private returns (uint32 memberTakes) {
        uint32 available = _leftInShareDown(id, head, tail, msg.sender);
        if (count > available) revert ParticleAllocation_ShareExceeded(id, msg.sender, count, available);
        if (msg.sender == head.client) return 0;
        Member memory kept = _member(id, msg.sender);
        Sharing memory sharing = _sharing(id);
        memberTakes = kept.takes + count;
        kept.takes = memberTakes;
        sharing.takes += count;
        _setMember(id, msg.sender, kept);
        _setSharing(id, sharing);
    }

    /// @dev Takes that an account's share of a shared, active reservation allows by now.
    function _leftInShareDown(
        ReservationId id,
        BookingHead memory head,
        BookingTail memory tail,
        address taker
    ) private view returns (uint32) {
        uint256 allowed = head.allowedTokens(tail);
        if (taker != head.client) {
            Member memory kept = _member(id, taker);
            return ShareBudget.leftDown(kept.sharePpm, allowed, kept.takes);
        }
        Sharing memory sharing = _sharing(id);
        return ShareBudget.leftDown(ShareBudget.ALL_PPM - sharing.sharedPpm, allowed, tail.takes - sharing.takes);
    }

    function _takesPart(
        ReservationId id,
        BookingHead memory head,
        BookingTail memory tail,
        address taker
    ) private view returns (bool) {
        return taker == head.client || (tail.has(FLAG_SHARED) && _member(id, taker).accepted);
    }
}
