// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {LotId, OrderId, SiteId} from "../../contracts/types/Ids.sol";
import {LotTerms, OrderTerms} from "../../contracts/types/Inventory.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {ReportFixture} from "./ReportFixture.sol";

/// @dev A provider with bond, lots and orders to work with.
abstract contract InventoryFixture is ReportFixture {
    OrderId internal constant ORDER = OrderId.wrap(77);
    LotId internal constant LOT = LotId.wrap(88);
    uint96 internal constant REWARD = 3 ether;
    uint96 internal constant STAKE = 1 ether;
    address internal immutable buyer = address(0xB0B);

    function setUpInventory() internal {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
        vm.deal(provider, 10 ether);
        vm.deal(buyer, 10 ether);
        vm.startPrank(provider);
        treasury.bond{value: 2 ether}();
        inventory.registerProvider("first");
        vm.stopPrank();
    }

    function lotTerms() internal view returns (LotTerms memory) {
        return LotTerms(PAIR_KIND, SiteId.wrap(1), 100, 970_000, now64(), 5000, keccak256("origin"));
    }

    function orderTerms() internal view returns (OrderTerms memory) {
        return OrderTerms(PAIR_KIND, POOL, 50, 960_000, now64() + 3600, REWARD, STAKE, address(0));
    }

    function openOrder() internal {
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(ORDER, orderTerms());
    }

    function acceptOrder() internal {
        openOrder();
        vm.prank(provider);
        inventory.acceptOrder(ORDER);
    }

    function production(
        uint128 order,
        uint32 pool,
        uint32 count,
        uint32 fidelityPpm,
        uint256 time
    ) internal pure returns (bytes memory) {
        return abi.encodePacked(uint8(5), order, pool, count, fidelityPpm, uint64(time * 1e9));
    }

    function counters(uint32 pool, uint64 sequence, uint32 stock) internal pure returns (bytes memory) {
        return
            abi.encodePacked(
                uint8(4),
                pool,
                sequence,
                uint64(9),
                uint64(4),
                uint64(1),
                stock,
                uint32(970_000),
                uint32(960_000)
            );
    }

    /// @dev Delivers an order by a leaf in a report that is final.
    function deliver(bytes memory payload) internal {
        (Report memory report, uint64 at) = finalLeaf(payload);
        inventory.deliverOrder(ORDER, report, at, 0, payload, new bytes32[](0));
    }

    function finalLeaf(bytes memory payload) internal returns (Report memory report, uint64 at) {
        at = now64();
        report = acceptLeaf(payload);
        vm.warp(at + CHALLENGE_SECONDS);
    }

    function expectWrongLeaf(uint64 sequence) internal {
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_WrongLeaf.selector, sequence, 0));
    }
}
