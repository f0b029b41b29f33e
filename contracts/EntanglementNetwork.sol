// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "./interfaces/IEntanglementNetwork.sol";

abstract contract EntanglementNetwork is IEntanglementNetwork {
    constructor(address registry_) {}
}
