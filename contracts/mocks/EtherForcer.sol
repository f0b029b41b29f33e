// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title EtherForcer
/// @notice Test helper: forces its ether upon a contract that has no receive function.
contract EtherForcer {
    /// @notice Sends everything to `target` without asking it.
    constructor(address payable target) payable {
        selfdestruct(target);
    }
}
