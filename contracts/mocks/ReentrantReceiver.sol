// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../interfaces/ITreasury.sol";

/// @title ReentrantReceiver
/// @notice Test helper: tries to withdraw again while it is being paid, and notes what it saw.
contract ReentrantReceiver {
    ITreasury private immutable _treasury;

    /// @notice Times it was paid.
    uint256 public payments;
    /// @notice Whether the nested withdrawal went through.
    bool public reentered;
    /// @notice Revert data of the nested withdrawal.
    bytes public refusal;
    /// @notice Its credit as read while being paid.
    uint256 public creditSeen;
    /// @notice Its escrow as read while being paid.
    uint256 public escrowSeen;

    /// @notice Binds the receiver to a treasury.
    constructor(ITreasury treasury) {
        _treasury = treasury;
    }

    /// @notice Is paid, and attacks.
    receive() external payable {
        _onPayment();
    }

    /// @notice Starts the attack.
    function attack() external {
        _treasury.withdraw();
    }

    function _onPayment() private {
        ++payments;
        creditSeen = _treasury.creditOf(address(this));
        escrowSeen = _treasury.escrowOf(address(this));
        try _treasury.withdraw() {
            reentered = true;
        } catch (bytes memory data) {
            refusal = data;
        }
    }
}
