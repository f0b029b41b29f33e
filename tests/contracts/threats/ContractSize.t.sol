// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RealmFixture} from "../RealmFixture.sol";

/// @dev Threat: a contract that has grown too large for a chain to accept. Tests run with limits off, so that nothing
/// else would show it before the deployment.
contract ContractSizeTest is RealmFixture {
    /// @dev EIP-170 and EIP-3860.
    uint256 private constant MAX_DEPLOYED = 24_576;
    uint256 private constant MAX_CREATING = 49_152;

    function test_Deployed_isWithinTheLimit() public {
        setUpRealm(oneSigner(), 1, 0);
        checkDeployed(address(registry), "RealmRegistry");
        checkDeployed(address(treasury), "Treasury");
        checkDeployed(address(network), "EntanglementNetwork");
        checkDeployed(address(hub), "ReportHub");
        checkDeployed(address(inventory), "ParticleInventory");
        checkDeployed(address(allocation), "ParticleAllocation");
    }

    /// @dev The code that creates it counts too, with its arguments: here the longest, 32 signers of the hub.
    function test_Creating_isWithinTheLimit() public view {
        checkCreating("RealmRegistry", 3 * 32);
        checkCreating("Treasury", 2 * 32);
        checkCreating("EntanglementNetwork", 3 * 32);
        checkCreating("ReportHub", (7 + 32) * 32);
        checkCreating("ParticleInventory", 6 * 32);
        checkCreating("ParticleAllocation", 6 * 32);
    }

    function checkDeployed(address at_, string memory name) private view {
        assertTrue(at_.code.length != 0, name);
        assertLe(at_.code.length, MAX_DEPLOYED, name);
    }

    function checkCreating(string memory name, uint256 arguments) private view {
        bytes memory code = vm.getCode(string.concat("contracts/", name, ".sol:", name));
        assertLe(code.length + arguments, MAX_CREATING, name);
    }
}
