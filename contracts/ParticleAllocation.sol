// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AllocationBase} from "./allocation/AllocationBase.sol";
import {AllocationLife} from "./allocation/AllocationLife.sol";
import {AllocationReports} from "./allocation/AllocationReports.sol";
import {AllocationRequests} from "./allocation/AllocationRequests.sol";
import {AllocationShares} from "./allocation/AllocationShares.sol";
import {IParticleAllocation} from "./interfaces/IParticleAllocation.sol";
import {Bookings} from "./libraries/Bookings.sol";
import {Clients} from "./libraries/Clients.sol";
import {BookingHead, BookingTail, FLAG_IN_QUOTA, FLAG_PATH} from "./types/Booking.sol";
import {PoolId, ReservationId} from "./types/Ids.sol";
import {Client, Cohort, Reservation, Status} from "./types/Reservations.sol";
import {ROLE_OPERATOR} from "./types/Roles.sol";

/// @title ParticleAllocation
/// @notice See {IParticleAllocation}.
/// @dev The rooms: {AllocationRequests} books, {AllocationShares} takes, {AllocationLife} ends without a report,
/// {AllocationReports} decides and settles; {AllocationBase} holds the storage.
contract ParticleAllocation is AllocationRequests, AllocationShares, AllocationLife, AllocationReports {
    using Bookings for BookingHead;
    using Bookings for BookingTail;
    using Clients for Client;

    /// @notice Binds the peers and fixes the times for good.
    /// @param treasury_ Where the money is.
    /// @param network_ Where pools, calendars and prices are.
    /// @param hub_ Whose decisions and lines count.
    /// @param registry_ Where roles, pause bits and limits are.
    /// @param decisionSeconds_ Time after which an undecided request can be expired.
    /// @param graceSeconds_ Time after the end from which an unsettled reservation can be refunded.
    constructor(
        address treasury_,
        address network_,
        address hub_,
        address registry_,
        uint32 decisionSeconds_,
        uint32 graceSeconds_
    ) AllocationBase(treasury_, network_, hub_, registry_, decisionSeconds_, graceSeconds_) {}

    /// @inheritdoc IParticleAllocation
    function setCohort(address account, Cohort cohort) external {
        if (!_registry.hasRole(msg.sender, ROLE_OPERATOR)) {
            revert ParticleAllocation_MissingRole(msg.sender, ROLE_OPERATOR);
        }
        Client memory kept = _client(account);
        kept.cohort = cohort;
        _setClient(account, kept);
        emit CohortSet(account, cohort);
    }

    /// @inheritdoc IParticleAllocation
    function statusOf(ReservationId id) external view returns (Status) {
        return _statusNow(id, _head(id));
    }

    /// @inheritdoc IParticleAllocation
    function reservation(ReservationId id) external view returns (Reservation memory) {
        BookingHead memory head = _head(id);
        BookingTail memory tail = _tail(id);
        // A tail that is not cleared holds the time of the request.
        bool kept = tail.requestedAt != 0;
        bool settled = !kept && (head.status == Status.Granted || head.status == Status.Ended);
        return
            Reservation({
                client: head.client,
                status: settled ? Status.Settled : head.status,
                pool: PoolId.wrap(head.pool),
                slots: head.slots,
                start: head.start,
                end: head.end(),
                requestedAt: tail.requestedAt,
                takesPerMinute: tail.takesPerMinute,
                takes: tail.takes,
                price: tail.price,
                payer: kept ? _payerOf(id, head.client, tail) : address(0),
                sharedPpm: _sharedPpm(id, tail),
                inQuota: tail.has(FLAG_IN_QUOTA),
                hasPath: tail.has(FLAG_PATH)
            });
    }

    /// @inheritdoc IParticleAllocation
    function clientOf(address account) external view returns (Client memory) {
        return _client(account);
    }

    /// @inheritdoc IParticleAllocation
    function fairShare(address account, uint64 shareSlotSeconds) external view returns (uint32 ppm) {
        return _client(account).fairShareDown(shareSlotSeconds);
    }
}
