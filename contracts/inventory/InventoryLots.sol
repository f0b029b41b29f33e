// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../interfaces/IParticleInventory.sol";
import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";
import {ITreasury} from "../interfaces/ITreasury.sol";
import {KindId, LotId, OrderId} from "../types/Ids.sol";
import {Category, Kind, Lot, LotStatus, LotTerms} from "../types/Inventory.sol";
import {ROLE_OPERATOR} from "../types/Roles.sol";

/// @title InventoryLots
/// @notice Kinds, providers, and lots from production to disposal.
abstract contract InventoryLots is IParticleInventory {
    struct StoredProvider {
        string name;
        bool active;
    }

    /// @dev Levels of a qudit or particles of a state: far above what was ever shown, small enough for tables.
    uint16 private constant MAX_DIMENSION = 1024;
    /// @dev Grades I to III.
    uint8 private constant MAX_GRADE = 3;
    /// @dev A label fits a word.
    uint256 private constant MAX_LABEL_BYTES = 31;
    uint256 private constant MAX_NAME_BYTES = 64;
    uint32 internal constant FIDELITY_CEILING_PPM = 1_000_000;

    IRealmRegistry internal immutable _registry;
    ITreasury internal immutable _treasury;
    /// @inheritdoc IParticleInventory
    uint96 public immutable minBond;

    Kind[] private _kinds;
    mapping(address account => StoredProvider) private _providers;
    mapping(LotId id => Lot) private _lots;
    mapping(bytes32 provenance => bool) private _provenances;

    modifier onlyOperator() {
        if (!_registry.hasRole(msg.sender, ROLE_OPERATOR)) {
            revert ParticleInventory_MissingRole(msg.sender, ROLE_OPERATOR);
        }
        _;
    }

    modifier onlyProvider() {
        if (!_providers[msg.sender].active) revert ParticleInventory_NotProvider(msg.sender);
        _;
    }

    constructor(address registry_, address treasury_, uint96 minBond_) {
        _registry = IRealmRegistry(registry_);
        _treasury = ITreasury(treasury_);
        minBond = minBond_;
    }

    /// @inheritdoc IParticleInventory
    function registerKinds(Kind[] calldata kinds) external onlyOperator {
        for (uint256 i = 0; i < kinds.length; ++i) {
            Kind calldata entry = kinds[i];
            uint32 id = KindId.unwrap(entry.id);
            if (id != _kinds.length + 1) revert ParticleInventory_IdNotNext(id, uint32(_kinds.length + 1));
            _checkKind(entry);
            _kinds.push(entry);
            emit KindRegistered(entry.id, entry);
        }
    }

    /// @inheritdoc IParticleInventory
    function registerProvider(string calldata name) external {
        // Check:
        _checkLength(bytes(name).length, 1, MAX_NAME_BYTES);
        uint96 free = _treasury.bondOf(msg.sender).free;
        if (free < minBond) revert ParticleInventory_BondTooLow(msg.sender, free, minBond);
        // Effect:
        _providers[msg.sender] = StoredProvider(name, true);
        emit ProviderSet(msg.sender, name, true);
    }

    /// @inheritdoc IParticleInventory
    function resign() external onlyProvider {
        StoredProvider storage entry = _providers[msg.sender];
        entry.active = false;
        emit ProviderSet(msg.sender, entry.name, false);
    }

    /// @inheritdoc IParticleInventory
    function registerLot(LotId id, LotTerms calldata terms) external onlyProvider {
        // Check:
        if (terms.count == 0) revert ParticleInventory_CountZero();
        if (terms.fidelityPpm > FIDELITY_CEILING_PPM) {
            revert ParticleInventory_FidelityOutOfRange(terms.fidelityPpm, 0, FIDELITY_CEILING_PPM);
        }
        if (terms.producedAt > block.timestamp) {
            revert ParticleInventory_TimeOutOfRange(terms.producedAt, 0, block.timestamp);
        }
        if (categoryOf(terms.kind) == Category.None) revert ParticleInventory_UnknownKind(terms.kind);
        _requireUnused(LotId.unwrap(id));
        if (terms.provenance == 0 || _provenances[terms.provenance]) {
            revert ParticleInventory_BadProvenance(terms.provenance);
        }
        // Effect:
        _addLot(id, terms, msg.sender, OrderId.wrap(0));
    }

    /// @inheritdoc IParticleInventory
    function moveLot(LotId id, LotStatus status, bytes32 evidence) external {
        Lot storage entry = _ownLot(id);
        if (!_mayFollow(entry.status, status)) revert ParticleInventory_WrongStep(id, entry.status, status);
        _move(id, entry, status, evidence);
    }

    /// @inheritdoc IParticleInventory
    function retireLot(LotId id, bytes32 evidence) external {
        Lot storage entry = _ownLot(id);
        bool over = entry.status == LotStatus.Consumed || entry.status == LotStatus.Expired;
        if (!over || evidence == 0) revert ParticleInventory_WrongStep(id, entry.status, LotStatus.Retired);
        _move(id, entry, LotStatus.Retired, evidence);
    }

    /// @inheritdoc IParticleInventory
    function kind(KindId id) external view returns (Kind memory) {
        uint32 position = KindId.unwrap(id);
        if (position == 0 || position > _kinds.length) revert ParticleInventory_UnknownKind(id);
        return _kinds[position - 1];
    }

    /// @inheritdoc IParticleInventory
    function kindCount() external view returns (uint32) {
        return uint32(_kinds.length);
    }

    /// @inheritdoc IParticleInventory
    function provider(address account) external view returns (string memory name, bool active) {
        StoredProvider storage entry = _providers[account];
        return (entry.name, entry.active);
    }

    /// @inheritdoc IParticleInventory
    function lot(LotId id) external view returns (Lot memory) {
        return _lots[id];
    }

    /// @inheritdoc IParticleInventory
    function categoryOf(KindId id) public view returns (Category) {
        uint32 position = KindId.unwrap(id);
        return position == 0 || position > _kinds.length ? Category.None : _kinds[position - 1].category;
    }

    /// @dev Whether an order has this id.
    function _isOrder(uint128 id) internal view virtual returns (bool);

    /// @dev Orders and lots share their ids, as a delivery's lot has its order's: nobody may register it beforehand.
    function _requireUnused(uint128 id) internal view {
        bool used = id == 0 || _lots[LotId.wrap(id)].status != LotStatus.None || _isOrder(id);
        if (used) revert ParticleInventory_IdUsed(id);
    }

    /// @dev Stores a new lot. Assumes checked terms and an id that is free, or the order's own. A delivery is proven,
    /// so that its provenance counts even when somebody named it for another lot before.
    function _addLot(LotId id, LotTerms memory terms, address owner, OrderId order_) internal {
        _provenances[terms.provenance] = true;
        _lots[id] = Lot({terms: terms, provider: owner, status: LotStatus.Produced, order: order_, evidence: 0});
        emit LotRegistered(id, owner, order_, terms);
    }

    /// @dev Most that accepted orders may ask for in an hour; 0 means no limit.
    function _maxPerHour(KindId id) internal view returns (uint32) {
        return _kinds[KindId.unwrap(id) - 1].maxPerHour;
    }

    function _move(LotId id, Lot storage entry, LotStatus status, bytes32 evidence) private {
        (entry.status, entry.evidence) = (status, evidence);
        emit LotMoved(id, status, evidence);
    }

    function _ownLot(LotId id) private view returns (Lot storage entry) {
        entry = _lots[id];
        if (entry.provider != msg.sender) revert ParticleInventory_NotOwner(id, msg.sender, entry.provider);
    }

    /// @dev See {LotStatus}; Retired is entered by {retireLot} only.
    function _mayFollow(LotStatus from, LotStatus to) private pure returns (bool) {
        if (from == LotStatus.Produced) return to == LotStatus.Available || to == LotStatus.Expired;
        if (from == LotStatus.Available) return to == LotStatus.Reserved || to == LotStatus.Expired;
        if (from == LotStatus.Reserved) return to == LotStatus.Active || to == LotStatus.Available;
        return from == LotStatus.Active && (to == LotStatus.Consumed || to == LotStatus.Expired);
    }

    function _checkKind(Kind calldata entry) private pure {
        Category category = entry.category;
        bool twoLevels = category == Category.Qubit || category == Category.PhotonPair || category == Category.Magic;
        uint16 most = twoLevels ? 2 : MAX_DIMENSION;
        if (category == Category.None || entry.dimension < 2 || entry.dimension > most) {
            revert ParticleInventory_BadKind(category, entry.dimension);
        }
        if (entry.isolationGrade > MAX_GRADE) {
            revert ParticleInventory_GradeOutOfRange(entry.isolationGrade, MAX_GRADE);
        }
        _checkLength(bytes(entry.platform).length, 1, MAX_LABEL_BYTES);
        _checkLength(bytes(entry.specialisation).length, 0, MAX_LABEL_BYTES);
    }

    function _checkLength(uint256 length, uint256 min, uint256 max) private pure {
        if (length < min || length > max) revert ParticleInventory_NameLength(length, min, max);
    }
}
