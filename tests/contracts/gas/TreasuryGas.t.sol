// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RealmFixture} from "../RealmFixture.sol";

/// @dev Gas of whole transactions with the treasury alone.
contract TreasuryGasTest is RealmFixture {
    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
    }

    function test_Money() public {
        treasury.deposit{value: 1 ether}(client);
        record("deposit, first", 60_000);
        treasury.deposit{value: 1 ether}(client);
        record("deposit", 45_000);
        vm.prank(client);
        treasury.withdraw();
        record("withdraw", 33_000);
        vm.prank(client);
        treasury.bond{value: 1 ether}();
        record("bond, first", 60_000);
    }

    function record(string memory name, uint256 limit) private {
        assertLe(vm.snapshotGasLastCall("gas", name), limit, name);
    }
}
