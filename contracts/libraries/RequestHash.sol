// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReservationId} from "../types/Ids.sol";
import {Terms} from "../types/Reservations.sol";

/// @title RequestHash
/// @notice EIP-712 hash of a request that a client signs.
library RequestHash {
    bytes32 private constant TERMS_TYPEHASH = keccak256(
        "Terms(uint32 pool,uint32 slots,uint64 start,uint64 duration,uint32 fidelityMinPpm,"
        "uint64 coherenceMinMicroseconds,uint32 takesPerMinute,uint8 purpose,uint8 priority,uint128 maxCost,"
        "uint64 deadline,address payer)"
    );

    bytes32 private constant REQUEST_TYPEHASH = keccak256(
        "Request(uint128 id,address client,uint256 nonce,Terms terms)"
        "Terms(uint32 pool,uint32 slots,uint64 start,uint64 duration,uint32 fidelityMinPpm,"
        "uint64 coherenceMinMicroseconds,uint32 takesPerMinute,uint8 purpose,uint8 priority,uint128 maxCost,"
        "uint64 deadline,address payer)"
    );

    /// @notice The struct hash, without the domain. All of {Terms} is static, so its ABI encoding is that of EIP-712.
    function hash(ReservationId id, Terms memory terms, address client, uint256 nonce) internal pure returns (bytes32) {
        bytes32 termsHash = keccak256(abi.encode(TERMS_TYPEHASH, terms));
        return keccak256(abi.encode(REQUEST_TYPEHASH, id, client, nonce, termsHash));
    }
}
