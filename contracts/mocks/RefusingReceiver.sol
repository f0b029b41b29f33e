// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../interfaces/ITreasury.sol";

/// @title RefusingReceiver
/// @notice Test helper: a client that accepts no money.
contract RefusingReceiver {
    /// @notice Always the answer.
    error RefusingReceiver_NoThanks();

    /// @notice Refuses whatever comes.
    receive() external payable {
        revert RefusingReceiver_NoThanks();
    }

    /// @notice Withdraws to itself, which must fail.
    function withdraw(ITreasury treasury) external {
        treasury.withdraw();
    }

    /// @notice Withdraws to somebody who accepts.
    function withdrawTo(ITreasury treasury, address payable to) external {
        treasury.withdrawTo(to);
    }
}
