// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";

abstract contract RealmRegistry is IRealmRegistry {
    constructor(address admin_) {}
}
