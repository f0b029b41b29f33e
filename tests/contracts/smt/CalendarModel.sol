// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev One lane of the calendar as Calendar.sol adds and subtracts it, for the model checker: the whole word is
/// sixteen of these side by side, as long as no sum needs more than 16 bits and no difference borrows.
contract CalendarModel {
    uint256 private constant MOST = 0x7fff;
    uint256 private constant GUARD = 0x8000;

    uint256 private immutable _capacity;
    uint256 private _lane;

    constructor(uint256 capacity) {
        require(capacity >= 1 && capacity <= MOST);
        _capacity = capacity;
    }

    /// @dev Calendar.add with the capacity.
    function book(uint256 count) external {
        require(count <= _capacity);
        assert(_lane <= _capacity);
        uint256 sum = _lane + count;
        uint256 guarded = sum + (MOST - _capacity);
        // The guarded sum stays in its lane, and its guard bit tells exactly whether the lane is over.
        assert(guarded < 2 * GUARD);
        assert((guarded >= GUARD) == (sum > _capacity));
        require(guarded < GUARD);
        _lane = sum;
        assert(_lane <= _capacity);
    }

    /// @dev Calendar.subtract.
    function free(uint256 count) external {
        require(count <= MOST);
        uint256 rest = _lane + GUARD - count;
        // With the guard bit set nothing is borrowed, and the bit is left exactly when there was enough.
        assert(rest < 2 * GUARD);
        assert((rest >= GUARD) == (_lane >= count));
        require(rest >= GUARD);
        _lane = rest - GUARD;
        assert(_lane <= _capacity);
    }
}

/// @dev The same for a calendar whose capacity, a quota, may be set to anything at any time.
contract QuotaModel {
    uint256 private constant MOST = 0x7fff;
    uint256 private constant GUARD = 0x8000;

    uint256 private _quota;
    uint256 private _lane;

    function setQuota(uint256 quota) external {
        require(quota <= MOST);
        _quota = quota;
    }

    function book(uint256 count) external {
        require(count <= _quota);
        uint256 sum = _lane + count;
        uint256 guarded = sum + (MOST - _quota);
        assert(guarded < 2 * GUARD);
        assert((guarded >= GUARD) == (sum > _quota));
        require(guarded < GUARD);
        _lane = sum;
        assert(_lane <= _quota && _lane <= MOST);
    }

    function free(uint256 count) external {
        require(count <= MOST);
        uint256 rest = _lane + GUARD - count;
        assert(rest < 2 * GUARD);
        require(rest >= GUARD);
        _lane = rest - GUARD;
        assert(_lane <= MOST);
    }
}
