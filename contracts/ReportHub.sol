// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "./interfaces/IReportHub.sol";

abstract contract ReportHub is IReportHub {
    constructor(
        address registry_,
        address allocation_,
        address[] memory signers_,
        uint8 threshold_,
        uint32 challengeSeconds_
    ) {}
}
