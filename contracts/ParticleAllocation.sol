// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "./interfaces/IParticleAllocation.sol";

abstract contract ParticleAllocation is IParticleAllocation {
    constructor(
        address treasury_,
        address network_,
        address hub_,
        address registry_,
        uint32 decisionSeconds_,
        uint32 graceSeconds_,
        uint32 maxSlotsPerClient_
    ) {}
}
