// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {ReservationId} from "../../contracts/types/Ids.sol";
import {Cohort, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branch requestSigned. Replays: threats/RequestReplay.t.sol.
contract AllocationSignedTest is AllocationFixture {
    uint256 private constant KEY = 0x5160;

    address private immutable signer = vm.addr(KEY);
    address private immutable relayer = address(0x4e1a);
    Terms private terms;
    uint128 private cost;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        terms.deadline = uint64(block.timestamp) + 60;
        cost = costOf(terms);
        vm.deal(relayer, 100 ether);
        treasury.deposit{value: cost}(signer);
    }

    /// @dev The client needs no ether of its own for gas, and the relayer no allowance of the client.
    function test_RequestSigned_usesTheClientsCredit() public {
        bytes memory signature = signed(ID, 0);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.NonceUsed(signer, 1);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationRequested(
            ID,
            signer,
            POOL,
            terms,
            uint64(block.timestamp),
            uint64(block.timestamp) + 600,
            cost,
            signer,
            Cohort.Open,
            false,
            15,
            1
        );
        relay(ID, 0, signature, 0);
        assertEq(treasury.creditOf(signer), 0, "credit");
        assertEq(treasury.escrowOf(signer), cost, "escrow");
        assertEq(allocation.clientOf(signer).nonce, 1, "nonce");
        assertEq(allocation.reservation(ID).client, signer, "client");
        assertOpen(relayer, 0, 0);
    }

    function test_RequestSigned_WhenTheRelayerPays_needsNoAllowance() public {
        terms.payer = relayer;
        relay(ID, 0, signed(ID, 0), cost);
        assertEq(treasury.escrowOf(relayer), cost, "escrow");
        assertEq(treasury.creditOf(signer), cost, "the client's credit stays");
        assertEq(allocation.reservation(ID).payer, relayer, "payer");
        vm.prank(signer);
        allocation.cancel(ID);
        assertEq(treasury.creditOf(relayer), cost, "the refund is the payer's");
    }

    /// @dev Somebody else's credit needs an allowance, whoever relays.
    function test_RequestSigned_WhenAThirdAccountPays_needsItsAllowance() public {
        terms.payer = client;
        treasury.deposit{value: cost}(client);
        bytes memory signature = signed(ID, 0);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AllowanceTooLow.selector, client, signer, 0, cost));
        relay(ID, 0, signature, 0);
        vm.prank(client);
        treasury.sponsor(signer, uint96(cost));
        relay(ID, 0, signature, 0);
        assertEq(treasury.allowanceOf(client, signer), 0, "used");
    }

    function test_RequestSigned_WhenNonceWrong_reverts() public {
        uint256[3] memory nonces = [uint256(1), type(uint32).max, type(uint256).max];
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory signature = signed(ID, nonces[i]);
            bytes4 selector = IParticleAllocation.ParticleAllocation_WrongNonce.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, signer, nonces[i], 0));
            relay(ID, nonces[i], signature, 0);
        }
    }

    function test_RequestSigned_WhenDeadlineMissing_reverts() public {
        terms.deadline = 0;
        bytes memory signature = signed(ID, 0);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_DeadlineMissing.selector));
        relay(ID, 0, signature, 0);
    }

    function test_RequestSigned_WhenDeadlinePassed_reverts() public {
        bytes memory signature = signed(ID, 0);
        vm.warp(terms.deadline + 1);
        bytes4 selector = IParticleAllocation.ParticleAllocation_DeadlinePassed.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, terms.deadline, terms.deadline + 1));
        relay(ID, 0, signature, 0);
    }

    function test_RequestSigned_WhenSignatureBad_reverts() public {
        bytes memory signature = signed(ID, 0);
        bytes[] memory bad = new bytes[](6);
        bad[0] = "";
        bad[1] = signWith(KEY + 1, allocation.requestDigest(ID, terms, signer, 0));
        bad[2] = bytes.concat(signature, hex"00");
        bad[3] = new bytes(65);
        bad[4] = malleable(allocation.requestDigest(ID, terms, signer, 0));
        bad[5] = signed(ID, 1);
        for (uint256 i = 0; i < 6; ++i) {
            expectBadSignature(signer);
            relay(ID, 0, bad[i], 0);
        }
        assertEq(allocation.clientOf(signer).nonce, 0, "nonce stays");
        relay(ID, 0, signature, 0);
    }

    /// @dev ecrecover answers zero for a broken signature: zero is nobody's account.
    function test_RequestSigned_WhenClientIsZero_reverts() public {
        treasury.deposit{value: cost}(address(1));
        expectBadSignature(address(0));
        vm.prank(relayer);
        allocation.requestSigned{value: cost}(ID, terms, address(0), 0, new bytes(65));
    }

    function test_RequestSigned_WhenPaused_reverts() public {
        bytes memory signature = signed(ID, 0);
        vm.prank(admin);
        registry.pause(1);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_Paused.selector, 1));
        relay(ID, 0, signature, 0);
    }

    /// @dev The digest as any wallet computes it from the domain and types in the interface.
    function test_RequestDigest_isThatOfEip712() public view {
        string memory termsType = string.concat(
            "Terms(uint32 pool,uint32 slots,uint64 start,uint64 duration,uint32 fidelityMinPpm,",
            "uint64 coherenceMinMicroseconds,uint32 takesPerMinute,uint8 purpose,uint8 priority,uint128 maxCost,",
            "uint64 deadline,address payer)"
        );
        string memory requestType = "Request(uint128 id,address client,uint256 nonce,Terms terms)";
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("PQMS ParticleAllocation"),
                keccak256("1"),
                block.chainid,
                allocation
            )
        );
        bytes32 termsHash = keccak256(abi.encode(keccak256(bytes(termsType)), terms));
        bytes32 hash = keccak256(
            abi.encode(keccak256(bytes(string.concat(requestType, termsType))), ID, signer, uint256(7), termsHash)
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domain, hash));
        assertEq(allocation.requestDigest(ID, terms, signer, 7), digest, "digest");
    }

    function test_RequestSigned_countsOn() public {
        relay(ID, 0, signed(ID, 0), 0);
        treasury.deposit{value: cost}(signer);
        relay(ID2, 1, signed(ID2, 1), 0);
        assertEq(allocation.clientOf(signer).nonce, 2, "nonce");
        assertStatus(ID2, Status.Requested);
    }

    function signed(ReservationId id, uint256 nonce) private view returns (bytes memory) {
        return signWith(KEY, allocation.requestDigest(id, terms, signer, nonce));
    }

    function relay(ReservationId id, uint256 nonce, bytes memory signature, uint256 value) private {
        vm.prank(relayer);
        allocation.requestSigned{value: value}(id, terms, signer, nonce, signature);
    }

    /// @dev The same signature with s on the upper half of the curve.
    function malleable(bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        return abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27));
    }

    function expectBadSignature(address account) private {
        bytes4 selector = IParticleAllocation.ParticleAllocation_BadSignature.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, account));
    }
}
