// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {EtherForcer} from "../../../contracts/mocks/EtherForcer.sol";
import {TreasuryFixture} from "../TreasuryFixture.sol";

/// @dev Ether that is forced upon the treasury belongs to nobody and changes nothing: no rule reads the balance.
contract ForcedEtherTest is TreasuryFixture {
    function test_Send_WhenPlain_isRefused() public {
        (bool accepted, ) = address(treasury).call{value: 1}("");
        assertTrue(!accepted, "no receive function");
        assertEq(address(treasury).balance, 0, "nothing came");
    }

    function test_ForcedEther_belongsToNobody() public {
        treasury.lock{value: 30}(CLIENT, CLIENT, CLIENT, 20, CAUSE);
        new EtherForcer{value: 1 ether}(payable(address(treasury)));
        checkAccount(CLIENT, 10, 20);
        settleOne(PROVIDER, CLIENT, 20, 15, CAUSE);
        withdrawAs(CLIENT);
        withdrawAs(PROVIDER);
        assertEq(CLIENT.balance, 15, "its own, no more");
        assertEq(PROVIDER.balance, 15, "what it earned, no more");
        assertEq(address(treasury).balance, 1 ether, "nobody gets it");
    }

    function test_ForcedEther_doesNotLiftLimits() public {
        new EtherForcer{value: 1 ether}(payable(address(treasury)));
        lockSent(CLIENT, 10, CAUSE);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_EscrowTooLow.selector, CLIENT, 10, 11));
        settleOne(PROVIDER, CLIENT, 11, 11, CAUSE);
    }

    /// @dev Ether may lie at the address before there is code.
    function test_ForcedEther_WhenBeforeDeployment_belongsToNobody() public {
        address later = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1);
        new EtherForcer{value: 5}(payable(later));
        super.setUp();
        assertEq(address(treasury), later, "predicted");
        treasury.deposit{value: 3}(CLIENT);
        withdrawAs(CLIENT);
        assertEq(CLIENT.balance, 3, "its own");
        assertEq(later.balance, 5, "nobody's");
    }

    function withdrawAs(address account) private {
        vm.prank(account);
        treasury.withdraw();
    }
}
