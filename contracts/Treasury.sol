// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "./interfaces/ITreasury.sol";

abstract contract Treasury is ITreasury {
    constructor(address allocation_) {}
}
