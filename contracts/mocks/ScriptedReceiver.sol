// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ITreasury} from "../interfaces/ITreasury.sol";

/// @title ScriptedReceiver
/// @notice Test helper: makes one chosen call of the treasury while it is being paid, and notes what it saw.
contract ScriptedReceiver {
    using Address for address;

    ITreasury private immutable _treasury;

    /// @notice What it calls while it is being paid.
    bytes public script;
    /// @notice Whether that call went through.
    bool public accepted;
    /// @notice What that call returned, or its revert data.
    bytes public answer;
    /// @notice Times it was paid.
    uint256 public payments;
    /// @notice Sum of credits and escrows of the watched accounts, as read while being paid.
    uint256 public owedSeen;
    /// @notice The treasury's balance, as read while being paid.
    uint256 public balanceSeen;
    address[] private _watched;

    /// @notice Binds the receiver to a treasury.
    constructor(ITreasury treasury) {
        _treasury = treasury;
    }

    /// @notice Is paid, looks around, and plays its script.
    receive() external payable {
        _onPayment();
    }

    /// @notice Chooses the call and the accounts to look at.
    function prepare(bytes calldata script_, address[] calldata watched) external {
        script = script_;
        _watched = watched;
    }

    /// @notice Makes any call of the treasury in its own name.
    function call(bytes calldata data) external payable {
        address(_treasury).functionCallWithValue(data, msg.value);
    }

    /// @notice Makes the chosen call; a function of its own, so that its revert can be caught.
    function play() external returns (bytes memory) {
        return address(_treasury).functionCall(script);
    }

    function _onPayment() private {
        ++payments;
        _look();
        try this.play() returns (bytes memory result) {
            (accepted, answer) = (true, result);
        } catch (bytes memory data) {
            (accepted, answer) = (false, data);
        }
    }

    function _look() private {
        uint256 owed = 0;
        for (uint256 i = 0; i < _watched.length; ++i) {
            owed += _treasury.creditOf(_watched[i]);
            owed += _treasury.escrowOf(_watched[i]);
        }
        owedSeen = owed;
        balanceSeen = address(_treasury).balance;
    }
}
