// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {Calendar} from "../libraries/Calendar.sol";
import {PoolCalendar} from "../libraries/PoolCalendar.sol";
import {Pricing} from "../libraries/Pricing.sol";
import {PoolId} from "../types/Ids.sol";
import {Quotas} from "../types/Network.sol";
import {Cohort} from "../types/Reservations.sol";
import {PoolHead, PriceState} from "../types/StoredNetwork.sol";
import {NetworkEntries} from "./NetworkEntries.sol";

/// @title NetworkBookings
/// @notice Calendars, quotas and prices of pools.
abstract contract NetworkBookings is NetworkEntries {
    using PoolCalendar for PoolCalendar.Store;
    using Pricing for PoolHead;
    using Pricing for PriceState;

    /// @dev Longest window, 4 h: 16 buckets, or 17 when it begins inside one.
    uint64 internal constant MAX_WINDOW_SECONDS = 14_400;

    PoolCalendar.Store private _calendars;
    mapping(PoolId id => PriceState) private _prices;

    /// @dev What is asked of a pool.
    /// @param start First second that is paid for.
    /// @param first First bucket to book.
    /// @param last Last bucket to book.
    struct Wanted {
        PoolId pool;
        Cohort cohort;
        uint64 start;
        uint64 end;
        uint64 first;
        uint64 last;
        uint32 slots;
    }

    /// @inheritdoc IEntanglementNetwork
    function book(
        PoolId id,
        Cohort cohort,
        uint64 start,
        uint64 end,
        uint32 slots
    ) external onlyAllocation returns (uint256 price, uint32 fidelityFloorPpm, bool inQuota) {
        // Check:
        PoolHead memory head = _openHead(id);
        Wanted memory wanted = _wanted(id, cohort, start, end, slots);
        uint16 lanes = _checkRoom(wanted, head);
        inQuota = _checkQuota(wanted, head, lanes);
        uint256 excess;
        (price, excess) = _priceOf(wanted, head);
        // Effect:
        _book(wanted, inQuota, lanes);
        _setExcess(id, head, excess);
        return (price, head.fidelityFloorPpm, inQuota);
    }

    /// @inheritdoc IEntanglementNetwork
    function bookMore(
        PoolId id,
        Cohort cohort,
        bool inQuota,
        uint64 end,
        uint64 newEnd,
        uint32 slots
    ) external onlyAllocation returns (uint256 price) {
        // Check:
        PoolHead memory head = _openHead(id);
        Wanted memory wanted = _wanted(id, cohort, end, newEnd, slots);
        uint256 excess;
        (price, excess) = _priceOf(wanted, head);
        // The bucket of the last second until now is booked already; there may be no other.
        wanted.first = Calendar.bucketOf(end - 1) + 1;
        if (wanted.first <= wanted.last) {
            uint16 lanes = _checkRoom(wanted, head);
            _checkMoreQuota(wanted, head, inQuota, lanes);
            // Effect:
            _book(wanted, inQuota, lanes);
        }
        _setExcess(id, head, excess);
    }

    /// @inheritdoc IEntanglementNetwork
    function free(
        PoolId id,
        Cohort cohort,
        bool inQuota,
        uint64 first,
        uint64 last,
        uint32 slots
    ) external onlyAllocation {
        uint16 lanes = uint16(_lanesFor(slots, _pools[id].head.quantum));
        _calendars.free(id, 0, first, last, lanes);
        if (inQuota) _calendars.free(id, _numberOf(cohort), first, last, lanes);
    }

    /// @inheritdoc IEntanglementNetwork
    function quote(
        PoolId id,
        Cohort cohort,
        uint64 start,
        uint64 end,
        uint32 slots
    ) external view returns (uint256 price) {
        _checkLength(start, end);
        PoolHead memory head = _openHead(id);
        Wanted memory wanted = _wanted(id, cohort, start, end, slots);
        _checkQuota(wanted, head, _checkRoom(wanted, head));
        (price, ) = _priceOf(wanted, head);
    }

    /// @inheritdoc IEntanglementNetwork
    function excessOf(PoolId id) external view returns (uint64) {
        return uint64(_prices[id].excessNow(_pools[id].head.target));
    }

    /// @inheritdoc IEntanglementNetwork
    function spotPriceWad(PoolId id) external view returns (uint256) {
        PoolHead memory head = _pools[id].head;
        return head.spotWad(_prices[id].excessNow(head.target));
    }

    /// @inheritdoc IEntanglementNetwork
    function calendarWord(PoolId id, uint8 cohort, uint64 word) external view returns (uint256 lanes) {
        return _calendars.wordAt(id, cohort, word);
    }

    /// @inheritdoc IEntanglementNetwork
    function freeSlots(PoolId id, uint64 start, uint64 end) external view returns (uint32) {
        _checkLength(start, end);
        PoolHead memory head = _pools[id].head;
        (, uint16 most) = _calendars.extremes(id, 0, Calendar.bucketOf(start), Calendar.bucketOf(end - 1));
        return uint32(head.lanes - most) * head.quantum;
    }

    function _checkLength(uint64 start, uint64 end) internal pure {
        if (end <= start || end - start > MAX_WINDOW_SECONDS) revert EntanglementNetwork_BadWindow(start, end);
    }

    function _book(Wanted memory wanted, bool inQuota, uint16 lanes) private {
        _calendars.book(wanted.pool, 0, wanted.first, wanted.last, lanes);
        if (inQuota) _calendars.book(wanted.pool, _numberOf(wanted.cohort), wanted.first, wanted.last, lanes);
    }

    function _setExcess(PoolId id, PoolHead memory head, uint256 excess) private {
        if (head.scale == 0) return;
        // At most 20 scales of 48 bits.
        _prices[id] = PriceState(uint64(excess), uint64(block.timestamp));
        emit ExcessChanged(id, uint64(excess));
    }

    function _openHead(PoolId id) private view returns (PoolHead memory head) {
        head = _pools[id].head;
        if (head.lanes == 0) revert EntanglementNetwork_UnknownPool(id);
        if (head.isolated) revert EntanglementNetwork_PoolIsolated(id);
    }

    /// @dev Quanta to book, once every bucket has room for them.
    function _checkRoom(Wanted memory wanted, PoolHead memory head) private view returns (uint16 lanes) {
        uint256 count = _lanesFor(wanted.slots, head.quantum);
        (bool full, uint64 bucket, uint16 left) = _calendars.findFull(
            wanted.pool,
            0,
            wanted.first,
            wanted.last,
            count,
            head.lanes
        );
        if (full) {
            revert EntanglementNetwork_CapacityExceeded(wanted.pool, bucket, uint32(left) * head.quantum, wanted.slots);
        }
        return uint16(count);
    }

    /// @dev Whether the booking counts against its cohort's quota; when that is full, one that starts soon may borrow.
    function _checkQuota(Wanted memory wanted, PoolHead memory head, uint16 lanes) private view returns (bool inQuota) {
        if (!head.hasQuotas) return false;
        (bool full, uint64 bucket, uint16 left) = _findQuotaFull(wanted, head, lanes);
        if (full && !_isSoon(wanted.start)) _revertQuota(wanted, head, bucket, left);
        return !full;
    }

    /// @dev A booking in a quota stays in it; one without a part in any goes on borrowing only when that starts soon.
    function _checkMoreQuota(Wanted memory wanted, PoolHead memory head, bool inQuota, uint16 lanes) private view {
        if (!head.hasQuotas) return;
        (bool full, uint64 bucket, uint16 left) = (!_isSoon(wanted.start), wanted.first, 0);
        if (inQuota) (full, bucket, left) = _findQuotaFull(wanted, head, lanes);
        if (full) _revertQuota(wanted, head, bucket, left);
    }

    function _findQuotaFull(
        Wanted memory wanted,
        PoolHead memory head,
        uint16 lanes
    ) private view returns (bool full, uint64 bucket, uint16 left) {
        uint16 quota = _quotaLanes(wanted, head);
        return _calendars.findFull(wanted.pool, _numberOf(wanted.cohort), wanted.first, wanted.last, lanes, quota);
    }

    /// @dev A cohort's quota in quanta; Open has what the others leave.
    function _quotaLanes(Wanted memory wanted, PoolHead memory head) private view returns (uint16) {
        Quotas memory quotas = _pools[wanted.pool].quotas;
        uint256 slots;
        if (wanted.cohort == Cohort.Research) slots = quotas.research;
        else if (wanted.cohort == Cohort.Commercial) slots = quotas.commercial;
        else if (wanted.cohort == Cohort.Education) slots = quotas.education;
        else if (wanted.cohort == Cohort.Humanitarian) slots = quotas.humanitarian;
        else {
            uint256 kept = quotas.research + quotas.commercial + quotas.education + quotas.humanitarian;
            slots = uint256(head.lanes) * head.quantum - kept;
        }
        return uint16(slots / head.quantum);
    }

    /// @dev What the slot-seconds cost, and the excess after they are sold.
    function _priceOf(Wanted memory wanted, PoolHead memory head) private view returns (uint256 price, uint256 excess) {
        uint256 bought = uint256(wanted.slots) * (wanted.end - wanted.start);
        if (head.scale == 0) return (head.floor * bought, 0);
        excess = _prices[wanted.pool].excessNow(head.target);
        uint256 weight = Pricing.leadWeight(wanted.start);
        if (weight < Pricing.WAD) {
            uint64 first = Calendar.bucketOf(wanted.start);
            (uint16 least, ) = _calendars.extremes(wanted.pool, 0, first, wanted.last);
            weight = Pricing.shareWeight(weight, least, head.lanes);
        }
        price = head.charge(wanted.pool, excess, bought, weight);
        excess += bought;
    }

    function _revertQuota(Wanted memory wanted, PoolHead memory head, uint64 bucket, uint16 left) private pure {
        revert EntanglementNetwork_QuotaExceeded(
            wanted.pool,
            wanted.cohort,
            bucket,
            uint32(left) * head.quantum,
            wanted.slots
        );
    }

    function _isSoon(uint64 start) private view returns (bool) {
        return start <= block.timestamp + Pricing.LEAD_SECONDS;
    }

    function _wanted(
        PoolId id,
        Cohort cohort,
        uint64 start,
        uint64 end,
        uint32 slots
    ) private pure returns (Wanted memory) {
        return Wanted(id, cohort, start, end, Calendar.bucketOf(start), Calendar.bucketOf(end - 1), slots);
    }

    function _lanesFor(uint32 slots, uint16 quantum) private pure returns (uint256) {
        return (uint256(slots) + quantum - 1) / quantum;
    }

    function _numberOf(Cohort cohort) private pure returns (uint8) {
        return 1 + uint8(cohort);
    }
}
