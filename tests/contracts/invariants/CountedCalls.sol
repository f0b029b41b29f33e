// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "../TestBase.sol";

/// @dev What each handler of an invariant tells: how often an operation did something.
interface ICountedCalls {
    function calls(bytes32 operation) external view returns (uint256);
}

/// @dev Holds the handlers to their work: a run in which nothing happened proves nothing.
abstract contract CountedCalls is TestBase {
    /// @dev Fails when a run did too little. Where PQMS_CALLS names a folder, adds a line of what the run did to the
    /// file `name` there: `0x<operation>=<calls>` for each, which scripts/contracts-calls.mjs adds up.
    function checkRun(string memory name, address handler, bytes32[] memory operations, uint256 least) internal {
        uint256 done = 0;
        string memory line = "";
        for (uint256 i = 0; i < operations.length; ++i) {
            uint256 count = ICountedCalls(handler).calls(operations[i]);
            done += count;
            line = string.concat(line, vm.toString(operations[i]), "=", vm.toString(count), " ");
        }
        assertLe(least, done, "calls that did something");
        string memory folder = vm.envOr("PQMS_CALLS", string(""));
        if (bytes(folder).length != 0) vm.writeLine(string.concat(folder, "/", name), line);
    }

    /// @dev Fails when an operation never did anything.
    function checkEach(address handler, bytes32[] memory operations) internal view {
        for (uint256 i = 0; i < operations.length; ++i) {
            assertTrue(ICountedCalls(handler).calls(operations[i]) != 0, string(abi.encodePacked(operations[i])));
        }
    }

    /// @dev The encoding of an array of fixed length, as an array.
    function listOf(bytes memory words) internal pure returns (bytes32[] memory) {
        return abi.decode(bytes.concat(abi.encode(uint256(32), words.length / 32), words), (bytes32[]));
    }
}
