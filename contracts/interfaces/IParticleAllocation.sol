// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LinkId, PoolId, ReservationId} from "../types/Ids.sol";
import {Client, Cohort, Decision, Line, Member, Reservation, Status, Terms} from "../types/Reservations.sol";

/// @title IParticleAllocation
/// @notice Reservations: booked in the network's calendar, paid into escrow, shared, decided and settled by reports.
/// @dev Times in seconds of chain time, money in wei, fidelity in parts per million. The calendar counts whole buckets
/// of 900 s, the price counts seconds. See {Status} for who may leave each state. The price is locked when the request
/// is included; what was sent above it stays the payer's credit.
/// Who receives what: refusal, expiry, refund: all to the payer. Cancelling: all to the payer, less 1 % of the price *
/// lead / 28 days when it was granted; releasing: what was not used to the payer, less 10 % of the price of the next
/// bucket at most; settlement: price * delivered / promised to the pool's provider, the rest to the payer. Fees go to
/// the provider. Below 99 % delivered the provider's bond pays the payer a penalty: price * shortfall / promised, at
/// most 20 % of the price and what the bond holds.
/// Signed requests: EIP-712 domain ("PQMS ParticleAllocation", "1", chain id, this contract), type
/// `Request(uint128 id,address client,uint256 nonce,Terms terms)` with Terms as in {Terms}.
interface IParticleAllocation {
    /// @notice Emitted when a reservation is booked.
    /// @param terms As sent.
    /// @param start The window's first second, `terms.start` or the block's time.
    /// @param end The first second after the window.
    /// @param price Wei locked for the window.
    /// @param payer Whose credit was locked.
    /// @param cohort The client's cohort.
    /// @param inQuota Whether it counts against the cohort's quota.
    /// @param openSlots The client's open slots, this one included.
    /// @param openReservations Their number.
    event ReservationRequested(
        ReservationId indexed id,
        address indexed client,
        PoolId indexed pool,
        Terms terms,
        uint64 start,
        uint64 end,
        uint128 price,
        address payer,
        Cohort cohort,
        bool inQuota,
        uint32 openSlots,
        uint32 openReservations
    );

    /// @notice Emitted before the requests that are booked together, all or nothing; the mesh grants all or none.
    event GroupRequested(ReservationId indexed first, ReservationId[] ids);

    /// @notice Emitted when a request was made by the client's signature.
    /// @param nonce What the client's next signed request must name.
    event NonceUsed(address indexed client, uint32 nonce);

    /// @notice Emitted when a client's open slots change otherwise than by a request or a settlement.
    event OpenSlotsChanged(address indexed client, uint32 openSlots, uint32 openReservations);

    /// @notice Emitted when an account's cohort is set.
    event CohortSet(address indexed account, Cohort cohort);

    /// @notice Emitted when a window is made longer.
    /// @param end The new end.
    /// @param price Wei locked for the whole window now.
    event ReservationExtended(ReservationId indexed id, uint64 end, uint128 price);

    /// @notice Emitted when a client offers a member a share, or withdraws an offer (0).
    event ShareOffered(ReservationId indexed id, address indexed member, uint32 sharePpm);

    /// @notice Emitted when a member consents.
    /// @param sharedPpm Sum of all accepted shares.
    event ShareAccepted(ReservationId indexed id, address indexed member, uint32 sharedPpm);

    /// @notice Emitted when a member gives its share back.
    /// @param sharedPpm Sum of all accepted shares.
    event ShareLeft(ReservationId indexed id, address indexed member, uint32 sharedPpm);

    /// @notice Emitted when a report grants or refuses a reservation.
    event ReservationDecided(ReservationId indexed id, Status status, Decision decision);

    /// @notice Emitted when a decision no longer applies; nothing changed.
    /// @param status The status that the reservation has instead of Requested.
    event DecisionSkipped(ReservationId indexed id, Status status);

    /// @notice Emitted for `count` takes, numbered `firstTake`, `firstTake` + 1, … (the first of all is 1).
    /// @param tokensMilli Thousandths of a take left in the entitlement afterwards, rounded down.
    /// @param memberTakes Takes of this member until now; 0 when the client itself took.
    event TakeRequested(
        ReservationId indexed id,
        address indexed taker,
        uint64 firstTake,
        uint32 count,
        uint64 tokensMilli,
        uint32 memberTakes
    );

    /// @notice Emitted when a client ends a reservation early.
    /// @param end The new end: now, or the start when that lies ahead.
    /// @param priceDue The most that can still be paid for it; the rest was refunded, less the fee.
    /// @param fee Wei that went to the provider.
    event ReservationReleased(ReservationId indexed id, uint64 end, uint128 priceDue, uint128 fee);

    /// @notice Emitted when a client calls a reservation off; everything is refunded, less the fee.
    /// @param fee Wei that went to the provider.
    event ReservationCancelled(ReservationId indexed id, uint128 fee);

    /// @notice Emitted when a reservation was not decided in time; everything is refunded.
    event ReservationExpired(ReservationId indexed id);

    /// @notice Emitted when a reservation was not settled in time; everything is refunded.
    event ReservationRefunded(ReservationId indexed id);

    /// @notice Emitted when a grant of a void report is taken back; it waits for a decision again.
    /// @param requestedAt From when the time for a decision counts anew.
    event ReservationReopened(ReservationId indexed id, uint64 requestedAt);

    /// @notice Emitted when a reservation is settled.
    /// @param delivered Quality delivered, ppm slot-seconds, of slots * seconds * 1,000,000 that were promised.
    /// @param paid Wei credited to the provider: price * delivered / promised, rounded down; the rest of the price was
    /// credited to the payer.
    /// @param client The client as stored afterwards: from bit 0 on open slots, from 32 on open reservations, from 64
    /// on nonce, from 96 on cohort, from 104 on usage, from 168 on the time of the usage.
    event ReservationSettled(ReservationId indexed id, uint128 delivered, uint128 paid, uint256 client);

    /// @notice Emitted before the settlement of a reservation that costs its provider a penalty.
    /// @param penalty Wei of the provider's bond credited to the payer.
    event PenaltyTaken(ReservationId indexed id, uint128 penalty);

    /// @notice Emitted when a settlement line does not apply (not ended, already settled, more delivered than
    /// promised); nothing changed.
    event LineSkipped(ReservationId indexed id, Status status);

    /// @notice The id was used before, by anyone.
    error ParticleAllocation_IdUsed(ReservationId id);

    /// @notice The id zero is never a reservation.
    error ParticleAllocation_IdZero();

    /// @notice The fidelity must lie in (floorExclusive, ceiling]; the ceiling is the pool's class.
    error ParticleAllocation_FidelityOutOfRange(uint32 value, uint32 floorExclusive, uint32 ceiling);

    /// @notice Slots must lie in [min, max].
    error ParticleAllocation_SlotsOutOfRange(uint32 value, uint32 min, uint32 max);

    /// @notice The coherence time is above `max`, in microseconds.
    error ParticleAllocation_CoherenceOutOfRange(uint64 value, uint64 max);

    /// @notice The entitlement is above `max` takes a minute.
    error ParticleAllocation_TakeRateOutOfRange(uint32 value, uint32 max);

    /// @notice The priority is above `max`.
    error ParticleAllocation_PriorityOutOfRange(uint8 value, uint8 max);

    /// @notice The window begins before now.
    error ParticleAllocation_WindowInPast(uint64 start, uint256 nowSeconds);

    /// @notice The window is empty.
    error ParticleAllocation_DurationZero();

    /// @notice The window is longer than `max` seconds.
    error ParticleAllocation_WindowTooLong(uint64 duration, uint64 max);

    /// @notice The window ends after the last bookable second.
    error ParticleAllocation_BeyondHorizon(uint256 end, uint256 latest);

    /// @notice The price is above the largest that is stored.
    error ParticleAllocation_PriceTooLarge(uint256 price, uint256 max);

    /// @notice Fewer slot-seconds than the least that can be reserved.
    error ParticleAllocation_TooSmall(uint256 slotSeconds, uint32 min);

    /// @notice The client would hold more open reservations than allowed.
    error ParticleAllocation_TooManyReservations(address client, uint32 open, uint32 wanted, uint32 cap);

    /// @notice A signed request must name the client's next nonce.
    error ParticleAllocation_WrongNonce(address client, uint256 nonce, uint32 expected);

    /// @notice A signed request needs a deadline.
    error ParticleAllocation_DeadlineMissing();

    /// @notice The signature is not the client's over these terms.
    error ParticleAllocation_BadSignature(address client);

    /// @notice A group has 2 to `max` requests, with as many ids as terms.
    error ParticleAllocation_GroupSize(uint256 ids, uint256 terms, uint256 max);

    /// @notice A group's windows and payers must be the same.
    error ParticleAllocation_GroupMixed(uint256 position);

    /// @notice A window with a path can't be made longer: its links were booked for the time asked for.
    error ParticleAllocation_PathFixed(ReservationId id);

    /// @notice A member is needed that is neither zero nor the client.
    error ParticleAllocation_BadMember(ReservationId id, address member);

    /// @notice Shares of all members may not exceed 1,000,000 ppm together; a share that was accepted stands.
    error ParticleAllocation_ShareOutOfRange(ReservationId id, uint32 sharePpm, uint32 free);

    /// @notice No share was offered to the caller, or it was accepted already.
    error ParticleAllocation_NoOffer(ReservationId id, address caller);

    /// @notice More takes than the caller's share allows by now.
    error ParticleAllocation_ShareExceeded(ReservationId id, address taker, uint32 wanted, uint32 available);

    /// @notice The caller lacks the role `needed`.
    error ParticleAllocation_MissingRole(address caller, uint256 needed);

    /// @notice The price is above the client's limit.
    error ParticleAllocation_MaxCostExceeded(uint128 price, uint128 maxCost);

    /// @notice The request was included too late.
    error ParticleAllocation_DeadlinePassed(uint64 deadline, uint256 nowSeconds);

    /// @notice The client would hold more open slots than allowed.
    error ParticleAllocation_ClientCapExceeded(address client, uint32 open, uint32 wanted, uint32 cap);

    /// @notice The caller is not the reservation's client, nor, for a take, a member that has accepted its share.
    error ParticleAllocation_NotClient(ReservationId id, address caller, address client);

    /// @notice The reservation is not active: Granted and start <= now < end.
    error ParticleAllocation_NotActive(ReservationId id, Status status);

    /// @notice More takes than the entitlement holds now.
    error ParticleAllocation_TakeRateExceeded(ReservationId id, uint32 wanted, uint32 available);

    /// @notice A take of nothing.
    error ParticleAllocation_TakeCountZero(ReservationId id);

    /// @notice The reservation's status does not allow this.
    error ParticleAllocation_WrongStatus(ReservationId id, Status status);

    /// @notice Too early; possible from `until` on.
    error ParticleAllocation_NotYet(ReservationId id, uint256 until);

    /// @notice Bookings are paused.
    error ParticleAllocation_Paused(uint256 bits);

    /// @notice The caller is not the report hub.
    error ParticleAllocation_NotHub(address caller);

    /// @notice Asks for slots of at least the given fidelity; `msg.value` becomes the payer's credit first.
    /// @dev Emits {ReservationRequested}, the network's {CalendarChanged} and {ExcessChanged} and the treasury's
    /// {AccountChanged}.
    /// Notes:
    /// - The window is booked at once; the oracle grants or refuses in a later report.
    /// - What the payer's credit holds above the price stays its credit.
    /// - A client that repeats a request compares the {ReservationRequested} log of the id with its terms.
    /// Requirements:
    /// - Bookings must not be paused; `id` must not be zero nor used before.
    /// - The pool must be known and not isolated.
    /// - `slots` in [1, 32_767]; slots * duration at least MinSlotSeconds; the client within its caps.
    /// - `fidelityMinPpm` in (500_000, pool's floor]: at one half or below a Werner pair is separable.
    /// - `start` 0 or not before now; `duration` in [1, 14_400] s; the end within 28 days from now.
    /// - Every bucket of the window must have room for the slots, and the cohort's quota too.
    /// - price <= `maxCost`, price < 2^88 wei, within the payer's credit; now <= `deadline` unless 0.
    function request(ReservationId id, Terms calldata terms) external payable;

    /// @notice The same by the client's signature; open to anyone, who pays the gas.
    /// @dev Emits {NonceUsed}, and the same as {request}.
    /// Notes:
    /// - `terms.payer` 0 means the client. A relayer that pays is named there, and needs no allowance.
    /// - Signatures of contracts count (EIP-1271).
    /// Requirements:
    /// - As for {request}; the deadline must not be 0; `nonce` must be the client's next one.
    function requestSigned(
        ReservationId id,
        Terms calldata terms,
        address client,
        uint256 nonce,
        bytes calldata signature
    ) external payable;

    /// @notice Makes 2 to 8 requests in one, all or nothing: several kinds, one window, one payer.
    /// @dev Emits {GroupRequested}, and the same as {request} for each.
    /// Notes:
    /// - Each becomes a reservation of its own; the mesh grants all or none.
    /// Requirements:
    /// - As for {request}; equal start, duration and payer.
    function requestGroup(ReservationId[] calldata ids, Terms[] calldata terms) external payable;

    /// @notice A request that also books `slots` lanes on each link of a path between the pool's ends.
    /// @dev Emits the network's {PathChanged}, and the same as {request}.
    /// Requirements:
    /// - As for {request}, and for the network's {bookPath}.
    function requestPath(ReservationId id, Terms calldata terms, LinkId[] calldata links) external payable;

    /// @notice Makes a granted window longer, at the price of now; `msg.value` becomes the payer's credit first.
    /// @dev Emits {ReservationExtended}, and the network's and the treasury's events.
    /// Requirements:
    /// - The caller must be the client; the reservation must be Granted and not over, without a path.
    /// - The whole window stays within 14,400 s and ends within 28 days; there must be room; bookings not paused.
    /// - The price of the extension <= `maxCost`.
    function extend(ReservationId id, uint64 extraSeconds, uint128 maxCost) external payable;

    /// @notice Offers a member a share of the entitlement; 0 withdraws an offer that was not accepted.
    /// @dev Emits {ShareOffered}.
    /// Requirements:
    /// - The caller must be the client; the reservation must be Requested, or Granted and not over.
    /// - Not more than 1,000,000 ppm with all shares that were accepted; this member must not have accepted yet.
    function share(ReservationId id, address member, uint32 sharePpm) external;

    /// @notice Consents to a share. From then on each may take no more than its part of all takes possible by then.
    /// @dev Emits {ShareAccepted}.
    /// Requirements:
    /// - A share must be offered to the caller and fit with those accepted before.
    /// - The reservation must be Requested, or Granted and not over.
    function acceptShare(ReservationId id) external;

    /// @notice Gives a share back to the client.
    /// @dev Emits {ShareLeft}.
    /// Requirements:
    /// - The caller must have accepted a share.
    function leaveShare(ReservationId id) external;

    /// @notice Uses `count` standing pairs of an active reservation.
    /// @dev Emits a {TakeRequested} event.
    /// Notes:
    /// - The entitlement is a bucket that holds at most `slots` takes, is full at the start and fills by
    ///   `takesPerMinute`.
    /// - Which pairs were taken, and how good they were, comes with a report.
    /// Requirements:
    /// - The caller must be the client or a member that has accepted; the reservation must be active.
    /// - `count` must be at least 1 and within the entitlement, and within the caller's share when it is shared.
    function take(ReservationId id, uint32 count) external;

    /// @notice Ends a reservation early; the price falls in proportion, rounded down, and the rest is credited at once.
    /// @dev Emits {ReservationReleased}, {OpenSlotsChanged}, the treasury's {AccountChanged}, and the network's
    /// {CalendarChanged} when buckets are freed.
    /// Notes:
    /// - Fee: 10 % of what the next 900 s (or the rest) would have cost, rounded down.
    /// - Only buckets that the reservation has not begun are freed.
    /// - Before the start the end becomes the start, and nothing is due.
    /// Requirements:
    /// - The caller must be the client; the reservation must be Granted and not over.
    function release(ReservationId id) external;

    /// @notice Calls a reservation off; the price goes back to the payer's credit, less the fee.
    /// @dev Emits {ReservationCancelled}, {OpenSlotsChanged}, {CalendarChanged} and {AccountChanged}.
    /// Notes:
    /// - Fee: none while it is Requested; when Granted, 1 % of the price * (start - requestedAt) / 28 days, down.
    /// Requirements:
    /// - The caller must be the client.
    /// - The reservation must be Requested, or Granted and not yet begun.
    function cancel(ReservationId id) external;

    /// @notice Ends a request that was not decided in time; open to anyone; full refund.
    /// @dev Emits {ReservationExpired}, {OpenSlotsChanged} and {AccountChanged}, and {CalendarChanged} unless the
    /// window is over.
    /// Requirements:
    /// - The reservation must be Requested, for longer than `decisionSeconds`.
    function expire(ReservationId id) external;

    /// @notice Refunds a reservation that was not settled in time; open to anyone; full refund.
    /// @dev Emits {ReservationRefunded}, {AccountChanged}, and {OpenSlotsChanged} unless it was released.
    /// Notes:
    /// - The grace stands still while reports are paused, for at most 7 days, so that a pause traps no money.
    /// Requirements:
    /// - The reservation must be Granted or Ended, and end + grace must have passed.
    function refundExpired(ReservationId id) external;

    /// @notice Sets whose quotas an account may use.
    /// @dev Emits {CohortSet}. Notes: bookings made before keep the cohort they were made with.
    /// Requirements:
    /// - The caller must have OPERATOR.
    function setCohort(address account, Cohort cohort) external;

    /// @notice Applies decisions of a report.
    /// @dev Emits {ReservationDecided} or {DecisionSkipped} for each; for refusals also {OpenSlotsChanged} and the
    /// events of the refund.
    /// Requirements:
    /// - The caller must be the hub; at most 256 decisions.
    /// @return skipped Bit i is set when decision i did not apply, so that its report did not grant or refuse anything.
    function decide(Decision[] calldata decisions) external returns (uint256 skipped);

    /// @notice Applies settlement lines of a report.
    /// @dev Emits {ReservationSettled} or {LineSkipped} for each, and the treasury's events.
    /// Requirements:
    /// - The caller must be the hub.
    function settleLines(Line[] calldata lines) external;

    /// @notice Takes back the grants among the decisions of a void report.
    /// @dev Emits {ReservationReopened} or {DecisionSkipped} for each.
    /// Notes:
    /// - Only what is still Granted, by time over or not, goes back to Requested, with a fresh time for a decision.
    /// - What {decide} skipped is skipped again: another report granted it, whose grant may stand.
    /// Requirements:
    /// - The caller must be the hub.
    /// @param skipped As {decide} returned it for these decisions.
    function reopen(Decision[] calldata decisions, uint256 skipped) external;

    /// @notice What a request by this client would cost in this block, wei; equal to the charge.
    /// @dev Reverts as the request would for pool, window, room and quota; credit and caps are not looked at.
    function quote(Terms calldata terms, address client) external view returns (uint256);

    /// @notice The EIP-712 digest that a client signs for {requestSigned}.
    function requestDigest(
        ReservationId id,
        Terms calldata terms,
        address client,
        uint256 nonce
    ) external view returns (bytes32);

    /// @notice Status with time taken in: Granted reads as Ended from the window's end on.
    function statusOf(ReservationId id) external view returns (Status);

    /// @notice A reservation as stored; all zero when the id was never used.
    function reservation(ReservationId id) external view returns (Reservation memory);

    /// @notice A member's share; all zero when nothing was offered.
    function memberOf(ReservationId id, address member) external view returns (Member memory);

    /// @notice What is stored of a client. Its slots are open from the request until release, settlement or refund.
    function clientOf(address account) external view returns (Client memory);

    /// @notice Fair-share factor 2^(-usage / share) of a client, parts per million, rounded down: 1,000,000 for one
    /// that used nothing. For planners; nothing on chain depends on it.
    /// @param shareSlotSeconds What the client may use in a half-life for a factor of one half; not 0.
    function fairShare(address account, uint64 shareSlotSeconds) external view returns (uint32 ppm);

    /// @notice Whole takes that an account may make now; 0 unless the reservation is active and the account takes part.
    function takeTokens(ReservationId id, address taker) external view returns (uint32);

    /// @notice Seconds after which an undecided request can be expired.
    function decisionSeconds() external view returns (uint32);

    /// @notice Seconds after the end from which an unsettled reservation can be refunded.
    function graceSeconds() external view returns (uint32);
}
