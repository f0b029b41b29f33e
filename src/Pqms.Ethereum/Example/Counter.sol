// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// The contract of the quick start; Counter.abi.json is what a compiler makes of it.
contract Counter {
    event Increased(address indexed by, uint256 count);

    error Counter_LimitReached(uint256 limit);

    uint256 public immutable limit;
    uint256 public count;

    constructor(uint256 limit_) {
        limit = limit_;
    }

    function increase() external {
        if (count == limit) revert Counter_LimitReached(limit);
        count++;
        emit Increased(msg.sender, count);
    }
}
