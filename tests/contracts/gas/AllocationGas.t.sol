// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LinkId, ReservationId, SiteId} from "../../../contracts/types/Ids.sol";
import {Link, Site} from "../../../contracts/types/Network.sol";
import {Cohort, GrantOutcome, Terms} from "../../../contracts/types/Reservations.sol";
import {RealmFixture} from "../RealmFixture.sol";

/// @dev Gas of whole transactions of clients against the design's targets. `npm run contracts:gas` runs it with each
/// call as a transaction of its own; a plain run measures less and only checks the limits. "First" is the first use of
/// calendar, client and treasury words, "warm" a later one; credit pays, so that no call carries value, unless it says
/// so.
contract AllocationGasTest is RealmFixture {
    uint256 private constant KEY = 0x5160;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        treasury.deposit{value: 100 ether}(client);
    }

    function test_Request_Aligned() public {
        bookTwice("request 4h, 16 buckets", fourHours(), 205_000, 130_000);
    }

    function test_Request_Unaligned() public {
        vm.warp(block.timestamp + 100);
        bookTwice("request 4h, 17 buckets", fourHours(), 235_000, 137_000);
    }

    function test_Request_TenMinutes() public {
        bookTwice("request 10 min", someTerms(), 205_000, 130_000);
    }

    function test_Request_WithPriceCurve() public {
        Terms memory terms = fourHours();
        (terms.pool, terms.start) = (CURVE_POOL, uint64(block.timestamp) + 14_400);
        bookTwice("request 4h, price curve", terms, 245_000, 150_000);
    }

    function test_Request_WithQuota() public {
        vm.prank(admin);
        allocation.setCohort(client, Cohort.Research);
        Terms memory terms = fourHours();
        (terms.pool, terms.slots, terms.start) = (QUOTA_POOL, 5, uint64(block.timestamp) + 14_400);
        bookTwice("request 4h, quota", terms, 245_000, 150_000);
    }

    function test_Request_WithValue() public {
        Terms memory terms = fourHours();
        vm.deal(stranger, 2 ether);
        requestAs(stranger, ID, terms, costOf(terms));
        record("request 4h, first, with value", 215_000);
        requestAs(stranger, ReservationId.wrap(2), terms, costOf(terms));
        record("request 4h, warm, with value", 140_000);
    }

    function test_Request_Sponsored() public {
        Terms memory terms = fourHours();
        terms.payer = client;
        vm.prank(client);
        treasury.sponsor(stranger, 10 ether);
        requestAs(stranger, ReservationId.wrap(1), terms, 0);
        requestAs(stranger, ID, terms, 0);
        record("request 4h, sponsored, warm", 165_000);
    }

    function test_Request_Signed() public {
        Terms memory terms = fourHours();
        terms.deadline = uint64(block.timestamp) + 60;
        address signer = vm.addr(KEY);
        treasury.deposit{value: 10 ether}(signer);
        for (uint128 i = 0; i < 2; ++i) {
            ReservationId id = ReservationId.wrap(i + 1);
            bytes memory signature = signWith(KEY, allocation.requestDigest(id, terms, signer, i));
            allocation.requestSigned(id, terms, signer, i, signature);
            record(i == 0 ? "request 4h, signed, first" : "request 4h, signed, warm", i == 0 ? 222_000 : 148_000);
        }
    }

    function test_Request_Group() public {
        Terms[] memory terms = new Terms[](2);
        (terms[0], terms[1]) = (fourHours(), fourHours());
        terms[1].pool = QUBIT_POOL;
        for (uint128 i = 0; i < 2; ++i) {
            ReservationId[] memory ids = new ReservationId[](2);
            (ids[0], ids[1]) = (ReservationId.wrap(2 * i + 1), ReservationId.wrap(2 * i + 2));
            vm.prank(client);
            allocation.requestGroup(ids, terms);
            record(i == 0 ? "group of 2, 4h, first" : "group of 2, 4h, warm", i == 0 ? 320_000 : 230_000);
        }
    }

    function test_Request_Path() public {
        registerChains();
        bookPathTwice("path of 1 link, 4h", chain(1, 1), 260_000, 180_000);
    }

    function test_Request_PathOfFour() public {
        registerChains();
        bookPathTwice("path of 4 links, 4h", chain(16, 4), 400_000, 245_000);
    }

    function test_Request_PathOfTwelve() public {
        registerChains();
        bookPathTwice("path of 12 links, 4h", chain(4, 12), 760_000, 410_000);
    }

    function test_Request_PathOfTwelveUnaligned() public {
        registerChains();
        vm.warp(block.timestamp + 100);
        bookPathTwice("path of 12 links, 17 buckets", chain(4, 12), 1_100_000, 520_000);
    }

    function test_Extend() public {
        granted(ID, someTerms());
        vm.prank(client);
        allocation.extend(ID, 200, 1 ether);
        record("extend, within a bucket", 85_000);
        vm.prank(client);
        allocation.extend(ID, 900, 1 ether);
        record("extend, another bucket", 90_000);
    }

    function test_Take() public {
        granted(ID, someTerms());
        vm.prank(client);
        allocation.take(ID, 5);
        record("take", 40_000);
        vm.prank(client);
        allocation.share(ID, stranger, 500_000);
        record("share", 60_000);
        vm.prank(stranger);
        allocation.acceptShare(ID);
        record("accept a share", 75_000);
        vm.prank(stranger);
        allocation.take(ID, 5);
        record("take, member", 60_000);
        vm.prank(stranger);
        allocation.leaveShare(ID);
        record("leave a share", 45_000);
    }

    function test_Release() public {
        Terms memory terms = fourHours();
        granted(ReservationId.wrap(1), terms);
        granted(ReservationId.wrap(2), terms);
        vm.warp(block.timestamp + 60);
        vm.prank(client);
        allocation.release(ReservationId.wrap(1));
        record("release, provider's first credit", 120_000);
        vm.prank(client);
        allocation.release(ReservationId.wrap(2));
        record("release", 105_000);
    }

    function test_Cancel() public {
        requestAs(client, ID, fourHours(), 0);
        vm.prank(client);
        allocation.cancel(ID);
        record("cancel, requested", 75_000);
        Terms memory terms = fourHours();
        terms.start = uint64(block.timestamp) + 14_400;
        for (uint128 i = 1; i <= 2; ++i) {
            granted(ReservationId.wrap(i), terms);
            vm.prank(client);
            allocation.cancel(ReservationId.wrap(i));
            record(i == 1 ? "cancel, granted, provider's first credit" : "cancel, granted", 110_000);
        }
    }

    function test_ExpireAndRefund() public {
        requestAs(client, ID, fourHours(), 0);
        vm.warp(block.timestamp + DECISION_SECONDS + 1);
        allocation.expire(ID);
        record("expire", 75_000);
        granted(ReservationId.wrap(2), someTerms());
        vm.warp(block.timestamp + 600 + GRACE_SECONDS + 1);
        allocation.refundExpired(ReservationId.wrap(2));
        record("refund after the grace", 75_000);
    }

    function bookTwice(string memory name, Terms memory terms, uint256 first, uint256 warm) private {
        requestAs(client, ID, terms, 0);
        record(string.concat(name, ", first"), first);
        requestAs(client, ReservationId.wrap(2), terms, 0);
        record(string.concat(name, ", warm"), warm);
    }

    function bookPathTwice(string memory name, LinkId[] memory links, uint256 first, uint256 warm) private {
        Terms memory terms = fourHours();
        for (uint128 i = 0; i < 2; ++i) {
            vm.prank(client);
            allocation.requestPath(ReservationId.wrap(i + 1), terms, links);
            record(string.concat(name, i == 0 ? ", first" : ", warm"), i == 0 ? first : warm);
        }
    }

    function granted(ReservationId id, Terms memory terms) private {
        requestAs(client, id, terms, 0);
        decide(id, GrantOutcome.Granted);
    }

    function fourHours() private pure returns (Terms memory terms) {
        terms = someTerms();
        terms.duration = 14_400;
    }

    function record(string memory name, uint256 limit) private {
        uint256 gas = vm.snapshotGasLastCall("gas", name);
        assertLe(gas, limit, name);
    }

    function chain(uint32 firstLink, uint256 count) private pure returns (LinkId[] memory links) {
        links = new LinkId[](count);
        for (uint32 i = 0; i < count; ++i) links[i] = LinkId.wrap(firstLink + i);
    }

    /// @dev From site 1 to site 2: links 4 to 15 over sites 4 to 14, and links 16 to 19 over sites 15 to 17.
    function registerChains() private {
        Site[] memory sites = new Site[](14);
        for (uint32 i = 0; i < 14; ++i) sites[i] = Site(SiteId.wrap(4 + i), "relay", 50_000_000, 10_000_000);
        Link[] memory links = new Link[](16);
        for (uint32 i = 0; i < 12; ++i) links[i] = linkOf(4 + i, i == 0 ? 1 : 3 + i, i == 11 ? 2 : 4 + i);
        for (uint32 i = 0; i < 4; ++i) links[12 + i] = linkOf(16 + i, i == 0 ? 1 : 14 + i, i == 3 ? 2 : 15 + i);
        vm.startPrank(admin);
        network.registerSites(sites);
        network.registerLinks(links);
        vm.stopPrank();
    }

    function linkOf(uint32 id, uint32 a, uint32 b) private pure returns (Link memory) {
        return Link(LinkId.wrap(id), SiteId.wrap(a), SiteId.wrap(b), 50_000, 100);
    }
}
