// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {IParticleInventory} from "../../../contracts/interfaces/IParticleInventory.sol";
import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {LotId, OrderId} from "../../../contracts/types/Ids.sol";
import {LotStatus, OrderStatus, OrderTerms} from "../../../contracts/types/Inventory.sol";
import {InventoryFixture} from "../InventoryFixture.sol";

/// @dev A plain book of its orders, lots and reservoir, kept without looking at the contract's.
abstract contract InventoryBook is InventoryFixture {
    /// @dev Orders count from 1; lots have larger ids, so that an id tells what it was made for.
    uint128 internal constant FIRST_LOT = 1_000_000;
    /// @dev Of kind 1 in {RealmFixture}.
    uint64 internal constant MAX_PER_HOUR = 100_000;

    struct Booked {
        OrderTerms terms;
        address buyer;
        address provider;
        OrderStatus status;
        uint64 hour;
        uint32 delivered;
    }

    OrderId[] public orderIds;
    mapping(OrderId id => Booked) public orders;
    mapping(uint64 hour => uint64 asked) public hourCounts;
    LotId[] public lots;
    mapping(LotId id => address) public lotOwner;
    mapping(LotId id => LotStatus) public lotStatus;
    mapping(bytes32 provenance => bool) public named;
    uint32 public threshold;
    uint32 public wanted;
    uint32 public stock;
    bool public low;
    uint256 public paidIn;
    uint256 public paidOut;
    mapping(bytes32 operation => uint256) public calls;

    /// @param paidIn_ What the treasury holds already.
    constructor(
        IParticleInventory inventory_,
        ITreasury treasury_,
        IReportHub hub_,
        IParticleAllocation allocation_,
        uint256 paidIn_
    ) {
        (inventory, treasury, hub, allocation, paidIn) = (inventory_, treasury_, hub_, allocation_, paidIn_);
    }

    /// @dev Everyone who may have money in the treasury.
    function accounts() public view returns (address[] memory all) {
        all = new address[](8);
        for (uint256 i = 0; i < 3; ++i) (all[i], all[3 + i]) = (providerAt(i), buyerAt(i));
        (all[6], all[7]) = (client, stranger);
    }

    function providerAt(uint256 seed) public view returns (address) {
        return seed % 3 == 0 ? provider : address(uint160(0x9420 + (seed % 3)));
    }

    function buyerAt(uint256 seed) public view returns (address) {
        return seed % 3 == 0 ? buyer : address(uint160(0xB0B0 + (seed % 3)));
    }

    function orderCount() external view returns (uint256) {
        return orderIds.length;
    }

    function lotCount() external view returns (uint256) {
        return lots.length;
    }

    /// @dev The table of {LotStatus}, with the way to Retired.
    function follows(LotStatus from, LotStatus to) internal pure returns (bool) {
        uint8[2][10] memory table = [[1, 2], [1, 6], [2, 3], [2, 6], [3, 4], [3, 2], [4, 5], [4, 6], [5, 7], [6, 7]];
        for (uint256 i = 0; i < 10; ++i) {
            if (table[i][0] == uint8(from) && table[i][1] == uint8(to)) return true;
        }
        return false;
    }

    function nextOrder() internal view returns (OrderId) {
        return OrderId.wrap(uint128(orderIds.length + 1));
    }

    function nextLot() internal view returns (LotId) {
        return LotId.wrap(FIRST_LOT + uint128(lots.length));
    }

    /// @dev Some order of this status; 0 when there is none.
    function orderIn(OrderStatus status, uint256 seed) internal view returns (OrderId) {
        for (uint256 i = 0; i < orderIds.length; ++i) {
            OrderId id = orderIds[((seed % orderIds.length) + i) % orderIds.length];
            if (orders[id].status == status) return id;
        }
        return OrderId.wrap(0);
    }

    function book(OrderId id, OrderTerms memory terms, address from) internal {
        orderIds.push(id);
        (orders[id].terms, orders[id].buyer, orders[id].status) = (terms, from, OrderStatus.Open);
        ++calls["open"];
    }

    function addLot(LotId id, address owner) internal {
        lots.push(id);
        (lotOwner[id], lotStatus[id]) = (owner, LotStatus.Produced);
    }

    /// @dev The client stands in for the buyer, with fresh credit and just as much allowance.
    function sponsorFor(address account, uint96 amount) internal returns (address) {
        vm.deal(address(this), amount);
        treasury.deposit{value: amount}(client);
        paidIn += amount;
        vm.prank(client);
        treasury.sponsor(account, amount);
        return client;
    }
}
