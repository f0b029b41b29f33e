// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev May set pause bits.
uint256 constant ROLE_PAUSER = 1;

/// @dev May clear pause bits.
uint256 constant ROLE_UNPAUSER = 2;

/// @dev May register sites, links and pools.
uint256 constant ROLE_OPERATOR = 4;

/// @dev May isolate pools.
uint256 constant ROLE_GUARDIAN = 8;

/// @dev All roles there are.
uint256 constant ROLES_KNOWN = 15;

/// @dev New requests are refused.
uint256 constant PAUSE_BOOKINGS = 1;

/// @dev New reports are refused.
uint256 constant PAUSE_REPORTS = 2;

/// @dev All pause bits there are.
uint256 constant PAUSE_KNOWN = 3;
