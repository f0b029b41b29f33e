// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";

import {Terms} from "../../../contracts/types/Reservations.sol";
import {AllocationFixture} from "../AllocationFixture.sol";

/// @dev Threat: a signature used again, elsewhere, or for something else. It covers every field, the nonce, the chain
/// and the contract.
contract RequestReplayTest is AllocationFixture {
    uint256 private constant KEY = 0x5160;

    address private immutable signer = vm.addr(KEY);
    Terms private terms;
    bytes private signature;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        terms.deadline = uint64(block.timestamp) + 60;
        treasury.deposit{value: 10 ether}(signer);
        signature = signWith(KEY, allocation.requestDigest(ID, terms, signer, 0));
    }

    function test_Replay_WhenUsed_isRefused() public {
        allocation.requestSigned(ID, terms, signer, 0, signature);
        bytes4 selector = IParticleAllocation.ParticleAllocation_WrongNonce.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, signer, 0, 1));
        allocation.requestSigned(ID, terms, signer, 0, signature);
        expectBad();
        allocation.requestSigned(ID, terms, signer, 1, signature);
        vm.prank(signer);
        allocation.cancel(ID);
        vm.expectRevert(abi.encodeWithSelector(selector, signer, 0, 1));
        allocation.requestSigned(ID2, terms, signer, 0, signature);
    }

    function test_Replay_WhenOnAnotherChain_isRefused() public {
        vm.chainId(block.chainid + 1);
        expectBad();
        allocation.requestSigned(ID, terms, signer, 0, signature);
        vm.chainId(block.chainid - 1);
        allocation.requestSigned(ID, terms, signer, 0, signature);
    }

    /// @dev A second deployment on the same chain, with the same client and nonce.
    function test_Replay_WhenOnAnotherContract_isRefused() public {
        bytes memory arguments = abi.encode(treasury, network, hub, registry, DECISION_SECONDS, GRACE_SECONDS);
        IParticleAllocation other = IParticleAllocation(deploy("ParticleAllocation", arguments));
        expectBad();
        other.requestSigned(ID, terms, signer, 0, signature);
    }

    /// @dev Each field is signed: whichever is changed, the signature no longer fits.
    function test_Replay_WhenTermsAreChanged_isRefused() public {
        Terms[12] memory changed;
        for (uint256 i = 0; i < 12; ++i) changed[i] = someTerms();
        for (uint256 i = 0; i < 12; ++i) changed[i].deadline = terms.deadline;
        changed[0].pool = OTHER_POOL;
        changed[1].slots = 14;
        changed[2].start = uint64(block.timestamp) + 900;
        changed[3].duration = 601;
        changed[4].fidelityMinPpm -= 1;
        changed[5].coherenceMinMicroseconds += 1;
        changed[6].takesPerMinute += 1;
        changed[7].purpose += 1;
        changed[8].priority += 1;
        changed[9].maxCost += 1;
        changed[10].deadline += 1;
        changed[11].payer = signer;
        for (uint256 i = 0; i < 12; ++i) {
            expectBad();
            allocation.requestSigned(ID, changed[i], signer, 0, signature);
        }
        expectBad();
        allocation.requestSigned(ID2, terms, signer, 0, signature);
        allocation.requestSigned(ID, terms, signer, 0, signature);
    }

    /// @dev Nobody can use the signature in somebody else's name.
    function test_Replay_WhenForAnotherClient_isRefused() public {
        bytes4 selector = IParticleAllocation.ParticleAllocation_BadSignature.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, client));
        allocation.requestSigned(ID, terms, client, 0, signature);
    }

    function expectBad() private {
        bytes4 selector = IParticleAllocation.ParticleAllocation_BadSignature.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, signer));
    }
}
