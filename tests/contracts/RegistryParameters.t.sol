// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry, Parameter} from "../../contracts/interfaces/IRealmRegistry.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// @dev Parameters and their delayed change; see RealmRegistry.tree.
contract RegistryParametersTest is RegistryFixture {
    function test_Constructor_setsAndTellsTheFirstValues() public {
        vm.recordLogs();
        setUp();
        assertEq(vm.getRecordedLogs().length, 6, "office, three parameters, two role sets");
        assertEq(registry.parameterDelaySeconds(), DELAY, "delay");
        assertEq(registry.parameterOf(Parameter.ClientSlots), 10_000, "slots");
        assertEq(registry.parameterOf(Parameter.ClientReservations), 1000, "reservations");
        assertEq(registry.parameterOf(Parameter.MinSlotSeconds), 60, "slot seconds");
    }

    function test_Constructor_WhenClientSlotsOutOfRange_reverts() public {
        expectOutOfRange(Parameter.ClientSlots, 0, 100_000);
        this.deployWith(0);
        expectOutOfRange(Parameter.ClientSlots, 100_001, 100_000);
        this.deployWith(100_001);
    }

    function test_Schedule_WhenStranger_reverts() public {
        expectNotAdmin();
        registry.schedule(Parameter.ClientSlots, 1);
    }

    function test_Schedule_WhenOutOfRange_reverts() public {
        uint32[3] memory most = [uint32(100_000), 65_535, 86_400];
        vm.startPrank(ADMIN);
        for (uint256 i = 0; i < 3; ++i) {
            expectOutOfRange(Parameter(i), 0, most[i]);
            registry.schedule(Parameter(i), 0);
            expectOutOfRange(Parameter(i), most[i] + 1, most[i]);
            registry.schedule(Parameter(i), most[i] + 1);
            registry.schedule(Parameter(i), 1);
            registry.schedule(Parameter(i), most[i]);
        }
    }

    function test_Schedule_announcesAndChangesNothing() public {
        vm.expectEmit(address(registry));
        emit IRealmRegistry.ParameterScheduled(Parameter.ClientSlots, 5, NOW + DELAY);
        scheduleAs(Parameter.ClientSlots, 5);
        checkScheduled(Parameter.ClientSlots, 5, NOW + DELAY);
        checkScheduled(Parameter.MinSlotSeconds, 0, 0);
        assertEq(registry.parameterOf(Parameter.ClientSlots), 10_000, "not yet");
    }

    /// @dev Else an announcement that is nearly due could be turned into another at the last moment.
    function test_Schedule_WhenAgain_startsTheDelayAnew() public {
        scheduleAs(Parameter.ClientSlots, 5);
        vm.warp(NOW + DELAY);
        scheduleAs(Parameter.ClientSlots, 6);
        checkScheduled(Parameter.ClientSlots, 6, NOW + 2 * DELAY);
        expectNotYet(Parameter.ClientSlots, NOW + 2 * DELAY);
        registry.applyParameter(Parameter.ClientSlots);
    }

    function test_Unschedule_WhenStranger_reverts() public {
        scheduleAs(Parameter.ClientSlots, 5);
        expectNotAdmin();
        registry.unschedule(Parameter.ClientSlots);
    }

    function test_Unschedule_WhenNothingScheduled_reverts() public {
        scheduleAs(Parameter.ClientSlots, 5);
        vm.prank(ADMIN);
        expectNothing(Parameter.MinSlotSeconds);
        registry.unschedule(Parameter.MinSlotSeconds);
    }

    function test_Unschedule_withdrawsAndTells() public {
        scheduleAs(Parameter.ClientSlots, 5);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.ParameterScheduled(Parameter.ClientSlots, 10_000, 0);
        vm.prank(ADMIN);
        registry.unschedule(Parameter.ClientSlots);
        checkScheduled(Parameter.ClientSlots, 0, 0);
        vm.warp(NOW + DELAY);
        expectNothing(Parameter.ClientSlots);
        registry.applyParameter(Parameter.ClientSlots);
    }

    function test_ApplyParameter_WhenNothingScheduled_reverts() public {
        expectNothing(Parameter.ClientReservations);
        registry.applyParameter(Parameter.ClientReservations);
    }

    function test_ApplyParameter_WhenTooEarly_reverts() public {
        scheduleAs(Parameter.MinSlotSeconds, 5);
        vm.warp(NOW + DELAY - 1);
        expectNotYet(Parameter.MinSlotSeconds, NOW + DELAY);
        registry.applyParameter(Parameter.MinSlotSeconds);
    }

    function test_ApplyParameter_WhenByAnyone_setsOnceAndTells() public {
        scheduleAs(Parameter.ClientSlots, 5);
        vm.warp(NOW + DELAY);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.ParameterSet(Parameter.ClientSlots, 5);
        vm.prank(STRANGER);
        registry.applyParameter(Parameter.ClientSlots);
        assertEq(registry.parameterOf(Parameter.ClientSlots), 5, "value");
        checkScheduled(Parameter.ClientSlots, 0, 0);
        expectNothing(Parameter.ClientSlots);
        registry.applyParameter(Parameter.ClientSlots);
    }

    /// @dev The word holds pause bits, times and parameters beside each other; none may spill into its neighbour.
    function test_ApplyParameter_leavesTheOtherFieldsOfTheWord() public {
        pauseAs(3);
        scheduleAs(Parameter.ClientSlots, 100_000);
        scheduleAs(Parameter.ClientReservations, 65_535);
        scheduleAs(Parameter.MinSlotSeconds, 86_400);
        vm.warp(NOW + DELAY);
        for (uint256 i = 0; i < 3; ++i) registry.applyParameter(Parameter(i));
        (uint256 bits, uint64 paused, uint32 slots, uint32 reservations, uint32 slotSeconds) = registry.bookingRules();
        assertEq(bits, 3, "bits");
        assertEq(paused, DELAY, "seconds");
        assertEq(slots, 100_000, "slots");
        assertEq(reservations, 65_535, "reservations");
        assertEq(slotSeconds, 86_400, "slot seconds");
    }

    /// @dev A development chain applies at once.
    function test_ApplyParameter_WhenDelayZero_appliesAtOnce() public {
        registry = IRealmRegistry(deploy("RealmRegistry", abi.encode(ADMIN, uint32(0), uint32(1))));
        scheduleAs(Parameter.ClientSlots, 5);
        registry.applyParameter(Parameter.ClientSlots);
        assertEq(registry.parameterOf(Parameter.ClientSlots), 5, "value");
    }

    function scheduleAs(Parameter parameter, uint32 value) private {
        vm.prank(ADMIN);
        registry.schedule(parameter, value);
    }

    function checkScheduled(Parameter parameter, uint32 expectedValue, uint64 expectedTime) private view {
        (uint32 value, uint64 applicableAt) = registry.scheduled(parameter);
        assertEq(value, expectedValue, "announced value");
        assertEq(applicableAt, expectedTime, "announced time");
    }

    function expectOutOfRange(Parameter parameter, uint32 value, uint32 max) private {
        bytes4 selector = IRealmRegistry.RealmRegistry_ParameterOutOfRange.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, parameter, value, 1, max));
    }

    function expectNothing(Parameter parameter) private {
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NothingScheduled.selector, parameter));
    }

    function expectNotYet(Parameter parameter, uint64 until) private {
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NotYet.selector, parameter, until));
    }

    function deployWith(uint32 clientSlots) external {
        deploy("RealmRegistry", abi.encode(ADMIN, DELAY, clientSlots));
    }
}
