// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Bookings} from "../libraries/Bookings.sol";
import {Clients} from "../libraries/Clients.sol";
import {RequestHash} from "../libraries/RequestHash.sol";
import {TermsCheck} from "../libraries/TermsCheck.sol";
import {
    BookingHead,
    BookingRules,
    BookingTail,
    FLAG_COHORT_SHIFT,
    FLAG_IN_QUOTA,
    FLAG_PATH,
    FLAG_SPONSORED
} from "../types/Booking.sol";
import {LinkId, PoolId, ReservationId} from "../types/Ids.sol";
import {Client, Cohort, Status, Terms} from "../types/Reservations.sol";
import {PAUSE_BOOKINGS} from "../types/Roles.sol";
import {AllocationBase} from "./AllocationBase.sol";

/// @title AllocationRequests
/// @notice The ways to book: alone, by signature, in a group, with a path, and for longer.
abstract contract AllocationRequests is AllocationBase, EIP712 {
    using Bookings for BookingHead;
    using Bookings for BookingTail;
    using Clients for Client;

    /// @dev Most requests of a group: each costs up to 200,000 gas.
    uint256 private constant MAX_GROUP = 8;

    /// @dev Binds signatures to this contract on this chain.
    constructor() EIP712("PQMS ParticleAllocation", "1") {}

    /// @inheritdoc IParticleAllocation
    function request(ReservationId id, Terms calldata terms) external payable {
        BookingRules memory rules = _checkedRules();
        Client memory account = _client(msg.sender);
        uint88 price = _book(id, terms, msg.sender, account, rules);
        _setClient(msg.sender, account);
        _lock(id, terms.payer, msg.sender, price);
    }

    /// @inheritdoc IParticleAllocation
    function requestSigned(
        ReservationId id,
        Terms calldata terms,
        address client,
        uint256 nonce,
        bytes calldata signature
    ) external payable {
        BookingRules memory rules = _checkedRules();
        Client memory account = _client(client);
        if (nonce != account.nonce) revert ParticleAllocation_WrongNonce(client, nonce, account.nonce);
        if (terms.deadline == 0) revert ParticleAllocation_DeadlineMissing();
        bytes32 digest = requestDigest(id, terms, client, nonce);
        if (client == address(0) || !SignatureChecker.isValidSignatureNowCalldata(client, digest, signature)) {
            revert ParticleAllocation_BadSignature(client);
        }
        ++account.nonce;
        emit NonceUsed(client, account.nonce);
        uint88 price = _book(id, terms, client, account, rules);
        _setClient(client, account);
        _lock(id, terms.payer, client, price);
    }

    /// @inheritdoc IParticleAllocation
    function requestGroup(ReservationId[] calldata ids, Terms[] calldata terms) external payable {
        uint256 count = ids.length;
        if (count < 2 || count > MAX_GROUP || terms.length != count) {
            revert ParticleAllocation_GroupSize(count, terms.length, MAX_GROUP);
        }
        BookingRules memory rules = _checkedRules();
        Client memory account = _client(msg.sender);
        emit GroupRequested(ids[0], ids);
        uint96 total = 0;
        for (uint256 i = 0; i < count; ++i) {
            bool same =
                terms[i].start == terms[0].start &&
                    terms[i].duration == terms[0].duration &&
                    terms[i].payer == terms[0].payer;
            if (!same) revert ParticleAllocation_GroupMixed(i);
            total += _book(ids[i], terms[i], msg.sender, account, rules);
        }
        _setClient(msg.sender, account);
        _lock(ids[0], terms[0].payer, msg.sender, total);
    }

    /// @inheritdoc IParticleAllocation
    function requestPath(ReservationId id, Terms calldata terms, LinkId[] calldata links) external payable {
        BookingRules memory rules = _checkedRules();
        rules.flags = FLAG_PATH;
        Client memory account = _client(msg.sender);
        uint88 price = _book(id, terms, msg.sender, account, rules);
        _setClient(msg.sender, account);
        BookingHead memory head = _head(id);
        _network.bookPath(id, terms.pool, links, head.start, head.end(), head.slots);
        _lock(id, terms.payer, msg.sender, price);
    }

    /// @inheritdoc IParticleAllocation
    function extend(ReservationId id, uint64 extraSeconds, uint128 maxCost) external payable {
        // Check:
        BookingHead memory head = _ownHead(id);
        _checkedRules();
        Status status = _statusNow(id, head);
        if (status != Status.Granted) revert ParticleAllocation_WrongStatus(id, status);
        BookingTail memory tail = _tail(id);
        if (tail.has(FLAG_PATH)) revert ParticleAllocation_PathFixed(id);
        TermsCheck.checkDuration(extraSeconds);
        TermsCheck.checkDuration(head.length + extraSeconds);
        uint64 end = head.end();
        uint64 newEnd = end + extraSeconds;
        TermsCheck.checkHorizon(newEnd);
        uint256 extra = _network.bookMore(
            PoolId.wrap(head.pool),
            tail.cohort(),
            tail.has(FLAG_IN_QUOTA),
            end,
            newEnd,
            head.slots
        );
        uint88 total = TermsCheck.checkPrice(extra, tail.price, maxCost);
        // Effect:
        head.length = uint16(newEnd - head.start);
        tail.price = total;
        _setHead(id, head);
        _setTail(id, tail);
        emit ReservationExtended(id, newEnd, total);
        // Interaction:
        _lock(id, _payerOf(id, head.client, tail), head.client, uint96(extra));
    }

    /// @inheritdoc IParticleAllocation
    function quote(Terms calldata terms, address client) external view returns (uint256) {
        uint64 start = TermsCheck.checkWindow(terms);
        return _network.quote(terms.pool, _client(client).cohort, start, start + terms.duration, terms.slots);
    }

    /// @inheritdoc IParticleAllocation
    function requestDigest(
        ReservationId id,
        Terms calldata terms,
        address client,
        uint256 nonce
    ) public view returns (bytes32) {
        return _hashTypedDataV4(RequestHash.hash(id, terms, client, nonce));
    }

    /// @dev Books one reservation and writes all of it but the client's word, which the caller keeps in memory so that
    /// a group writes it once. The calendar comes first, because it names class and price.
    function _book(
        ReservationId id,
        Terms memory terms,
        address client,
        Client memory account,
        BookingRules memory rules
    ) private returns (uint88 price) {
        // Check:
        if (ReservationId.unwrap(id) == 0) revert ParticleAllocation_IdZero();
        if (_head(id).client != address(0)) revert ParticleAllocation_IdUsed(id);
        uint64 start = TermsCheck.check(terms, rules.minSlotSeconds);
        account.open(client, terms.slots, rules);
        bool inQuota;
        (price, inQuota) = _bookCalendar(terms, account.cohort, start);
        // Effect:
        address payer = client;
        uint8 flags = rules.flags | (uint8(account.cohort) << FLAG_COHORT_SHIFT);
        if (terms.payer != address(0) && terms.payer != client) {
            payer = terms.payer;
            _payers[id] = payer;
            flags |= FLAG_SPONSORED;
        }
        if (inQuota) flags |= FLAG_IN_QUOTA;
        _setHead(id, Bookings.newHead(terms, client, start));
        _setTail(id, Bookings.newTail(terms, rules.reportsPaused, price, flags));
        emit ReservationRequested(
            id,
            client,
            terms.pool,
            terms,
            start,
            start + terms.duration,
            price,
            payer,
            account.cohort,
            inQuota,
            account.openSlots,
            account.openReservations
        );
    }

    function _bookCalendar(
        Terms memory terms,
        Cohort cohort,
        uint64 start
    ) private returns (uint88 price, bool inQuota) {
        uint256 charge;
        uint32 floorPpm;
        (charge, floorPpm, inQuota) = _network.book(terms.pool, cohort, start, start + terms.duration, terms.slots);
        TermsCheck.checkFidelity(terms.fidelityMinPpm, floorPpm);
        price = TermsCheck.checkPrice(charge, 0, terms.maxCost);
    }

    function _lock(ReservationId id, address payer, address client, uint96 amount) private {
        address account = payer == address(0) ? client : payer;
        _treasury.lock{value: msg.value}(account, client, msg.sender, amount, ReservationId.unwrap(id));
    }

    function _checkedRules() private view returns (BookingRules memory rules) {
        uint256 pauseBits;
        (pauseBits, rules) = _rules();
        if (pauseBits & PAUSE_BOOKINGS != 0) revert ParticleAllocation_Paused(pauseBits);
    }
}
