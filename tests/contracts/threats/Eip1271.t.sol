// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {Status, Terms} from "../../../contracts/types/Reservations.sol";
import {AllocationFixture} from "../AllocationFixture.sol";

/// @dev A contract account that answers for one digest; or wrongly, in each of the ways below.
contract WalletStub {
    enum Mode {
        Honest,
        WrongWord,
        ShortAnswer,
        Reverts,
        Writes,
        EatsGas
    }

    Mode public mode;
    bytes32 public approved;
    uint256 public written;

    function set(Mode mode_, bytes32 approved_) external {
        (mode, approved) = (mode_, approved_);
    }

    function isValidSignature(bytes32 digest, bytes calldata) external returns (bytes4) {
        if (mode == Mode.WrongWord) return 0xffffffff;
        if (mode == Mode.Reverts) revert("no");
        if (mode == Mode.Writes) ++written;
        if (mode == Mode.EatsGas) while (true) digest = keccak256(abi.encode(digest));
        if (mode == Mode.ShortAnswer) {
            assembly {
                mstore(0, shl(224, 0x1626ba7e))
                return(0, 4)
            }
        }
        return digest == approved ? bytes4(0x1626ba7e) : bytes4(0);
    }
}

/// @dev Threat: signatures of contracts (EIP-1271). They are asked by a static call; every answer but the right one is
/// a refusal, and a key never signs for an account that has code.
contract Eip1271Test is AllocationFixture {
    WalletStub private wallet;
    Terms private terms;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        wallet = new WalletStub();
        terms = someTerms();
        terms.deadline = uint64(block.timestamp) + 60;
        treasury.deposit{value: costOf(terms)}(address(wallet));
    }

    function test_Contract_WhenItApproves_isTheClient() public {
        wallet.set(WalletStub.Mode.Honest, digest());
        allocation.requestSigned(ID, terms, address(wallet), 0, "anything");
        assertStatus(ID, Status.Requested);
        assertEq(allocation.reservation(ID).client, address(wallet), "client");
        assertEq(treasury.escrowOf(address(wallet)), costOf(terms), "escrow");
    }

    function test_Contract_WhenItApprovesOtherTerms_isRefused() public {
        wallet.set(WalletStub.Mode.Honest, digest());
        terms.slots = 14;
        refused("");
    }

    function test_Contract_WhenItAnswersWrongly_isRefused() public {
        bytes32 approved = digest();
        WalletStub.Mode[4] memory modes = [
            WalletStub.Mode.WrongWord,
            WalletStub.Mode.ShortAnswer,
            WalletStub.Mode.Reverts,
            WalletStub.Mode.Writes
        ];
        for (uint256 i = 0; i < 4; ++i) {
            wallet.set(modes[i], approved);
            refused("");
        }
        assertEq(wallet.written(), 0, "a static call writes nothing");
    }

    function test_Contract_WhenItEatsTheGas_isRefused() public {
        wallet.set(WalletStub.Mode.EatsGas, digest());
        bytes4 selector = IParticleAllocation.ParticleAllocation_BadSignature.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, address(wallet)));
        allocation.requestSigned{gas: 3_000_000}(ID, terms, address(wallet), 0, "");
    }

    /// @dev A contract of the ledger answers nothing that counts.
    function test_Contract_WhenItHasNoSuchFunction_isRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_BadSignature.selector, address(treasury))
        );
        allocation.requestSigned(ID, terms, address(treasury), 0, "");
    }

    function digest() private view returns (bytes32) {
        return allocation.requestDigest(ID, terms, address(wallet), 0);
    }

    function refused(bytes memory signature) private {
        bytes4 selector = IParticleAllocation.ParticleAllocation_BadSignature.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, address(wallet)));
        allocation.requestSigned(ID, terms, address(wallet), 0, signature);
    }
}
