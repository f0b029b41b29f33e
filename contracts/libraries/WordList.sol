// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title WordList
/// @notice Words in one `bytes`, which is copied as a whole for calls and events; an array is copied word by word.
/// @dev Assumes positions within the list.
library WordList {
    /// @notice A list of `count` zeros.
    function create(uint256 count) internal pure returns (bytes memory list) {
        return new bytes(count * 32);
    }

    /// @notice Writes the words at a position and the next.
    function setPair(bytes memory list, uint256 position, uint256 first, uint256 second) internal pure {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let place := add(list, shl(5, position))
            mstore(add(place, 32), first)
            mstore(add(place, 64), second)
        }
    }

    /// @notice The words at a position and the next.
    function pair(bytes memory list, uint256 position) internal pure returns (uint256 first, uint256 second) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let place := add(list, shl(5, position))
            first := mload(add(place, 32))
            second := mload(add(place, 64))
        }
    }

    /// @notice Says that the list has `count` words; its room stays, so that it can be made longer again.
    function resize(bytes memory list, uint256 count) internal pure {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(list, shl(5, count))
        }
    }
}
