// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {Calendar} from "../libraries/Calendar.sol";
import {Paths} from "../libraries/Paths.sol";
import {LinkId, PoolId, ReservationId, SiteId} from "../types/Ids.sol";
import {ROLE_OPERATOR} from "../types/Roles.sol";
import {StoredPool} from "../types/StoredNetwork.sol";
import {NetworkBookings} from "./NetworkBookings.sol";

/// @title NetworkPaths
/// @notice Paths of links, booked all or nothing.
abstract contract NetworkPaths is NetworkBookings {
    using Paths for Paths.Store;

    /// @dev How far ahead a window may end.
    uint64 private constant HORIZON_SECONDS = 28 days;

    /// @dev What an operator's path is remembered as; its parts are in its key.
    uint256 private constant RESERVED = 1;

    /// @dev By a reservation's id the packed path, by an operator's key RESERVED. An id has 128 bits, a key 256.
    mapping(bytes32 key => uint256 path) private _kept;

    /// @inheritdoc IEntanglementNetwork
    function bookPath(
        ReservationId id,
        PoolId pool_,
        LinkId[] calldata links,
        uint64 start,
        uint64 end,
        uint16 lanes
    ) external onlyAllocation {
        // Check:
        bytes32 key = _keyOf(id);
        if (_kept[key] != 0) revert EntanglementNetwork_PathState(key, true);
        Paths.Walk memory path = _paths.walk(links);
        StoredPool storage entry = _pools[pool_];
        (SiteId a, SiteId b) = (entry.a, entry.b);
        if (!(path.from == a && path.to == b) && !(path.from == b && path.to == a)) {
            revert EntanglementNetwork_PathMissesPool(pool_, path.from, path.to);
        }
        // Effect:
        _kept[key] = Paths.withLanes(path.packed, lanes);
        _bookLinks(key, path, start, end, lanes);
    }

    /// @inheritdoc IEntanglementNetwork
    function freePath(ReservationId id, uint64 first, uint64 last) external onlyAllocation {
        bytes32 key = _keyOf(id);
        uint256 packed = _kept[key];
        if (packed == 0) revert EntanglementNetwork_PathState(key, false);
        delete _kept[key];
        _freeLinks(key, packed, first, last);
    }

    /// @inheritdoc IEntanglementNetwork
    function reservePath(
        LinkId[] calldata links,
        uint64 start,
        uint64 end,
        uint16 lanes
    ) external onlyRole(ROLE_OPERATOR) returns (bytes32 key) {
        // Check:
        _checkLength(start, end);
        if (start < block.timestamp || end > block.timestamp + HORIZON_SECONDS) {
            revert EntanglementNetwork_BadWindow(start, end);
        }
        if (lanes == 0) revert EntanglementNetwork_LanesOutOfRange(0, Calendar.MAX_CAPACITY);
        Paths.Walk memory path = _paths.walk(links);
        key = _pathKey(Paths.withLanes(path.packed, lanes), start, end);
        if (_kept[key] != 0) revert EntanglementNetwork_PathState(key, true);
        // Effect:
        _kept[key] = RESERVED;
        _bookLinks(key, path, start, end, lanes);
    }

    /// @inheritdoc IEntanglementNetwork
    function releasePath(LinkId[] calldata links, uint64 start, uint64 end, uint16 lanes) external {
        // Check:
        uint256 packed = Paths.pack(links, lanes);
        bytes32 key = _pathKey(packed, start, end);
        if (_kept[key] == 0) revert EntanglementNetwork_PathState(key, false);
        // Effect:
        delete _kept[key];
        uint64 first = Calendar.bucketOf(start);
        uint64 unbegun = Calendar.bucketOf(block.timestamp + Calendar.BUCKET_SECONDS - 1);
        if (unbegun > first) first = unbegun;
        _freeLinks(key, packed, first, Calendar.bucketOf(end - 1));
    }

    /// @inheritdoc IEntanglementNetwork
    function linkWord(LinkId id, uint64 word) external view returns (uint256 lanes) {
        return _paths.wordAt(id, word);
    }

    /// @inheritdoc IEntanglementNetwork
    function pathOf(ReservationId id) external view returns (LinkId[] memory links, uint16 lanes) {
        return Paths.unpack(_kept[_keyOf(id)]);
    }

    /// @inheritdoc IEntanglementNetwork
    function isPathReserved(bytes32 key) external view returns (bool) {
        return _kept[key] == RESERVED;
    }

    function _bookLinks(bytes32 key, Paths.Walk memory path, uint64 start, uint64 end, uint16 lanes) private {
        uint64 first = Calendar.bucketOf(start);
        uint256[] memory words = _paths.book(path, first, Calendar.bucketOf(end - 1), lanes);
        emit PathChanged(key, Paths.withLanes(path.packed, lanes), start, end, first >> 4, words);
    }

    /// @dev What is freed may be empty, when all of the path's buckets have begun.
    function _freeLinks(bytes32 key, uint256 packed, uint64 first, uint64 last) private {
        uint256[] memory words = _paths.free(packed, first, last);
        uint64 start = first * Calendar.BUCKET_SECONDS;
        uint64 end = (last + 1) * Calendar.BUCKET_SECONDS;
        emit PathChanged(key, Paths.withLanes(packed, 0), start, end, first >> 4, words);
    }

    function _pathKey(uint256 packed, uint64 start, uint64 end) private view returns (bytes32) {
        return keccak256(abi.encode(msg.sender, packed, start, end));
    }

    function _keyOf(ReservationId id) private pure returns (bytes32) {
        return bytes32(uint256(ReservationId.unwrap(id)));
    }
}
