// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ReservationModel
/// @notice What becomes of the price of one reservation, for solc's model checker (npm run contracts:prove).
/// @dev Proven for every course of a life, of any length: what was locked is at every moment what is still open, was
/// refunded, was paid and was taken as fees, together; and once it is over nothing is open: paid + refund + fees =
/// escrow. The parts that {Fees} divides out are any numbers here that are bounded as {Fees} bounds them: a part is at
/// most the whole, a release's fee at most what is given back. These bounds are multiplications and divisions, which
/// the solver does not decide; threats/Casts.t.sol and Libraries.t.sol hold them by random numbers.
contract ReservationModel {
    enum State {
        None,
        Requested,
        Granted,
        Ended,
        Final
    }

    State private _state;
    uint96 private _locked;
    uint88 private _price;
    uint96 private _refunded;
    uint96 private _paid;
    uint96 private _fees;

    function request(uint88 price) external {
        require(_state == State.None);
        (_state, _price, _locked) = (State.Requested, price, price);
        check();
    }

    function grant() external {
        require(_state == State.Requested);
        _state = State.Granted;
        check();
    }

    function reopen() external {
        require(_state == State.Granted);
        _state = State.Requested;
        check();
    }

    /// @notice The price of all of it must fit its field, or the extension is refused.
    function extend(uint88 more) external {
        require(_state == State.Granted);
        _price += more;
        _locked += more;
        check();
    }

    /// @notice As a refusal, `expire` and `refundExpired`: everything goes back.
    function giveBack() external {
        require(_state == State.Requested || _state == State.Granted || _state == State.Ended);
        close(0, 0);
    }

    function cancel(uint88 fee) external {
        require(_state == State.Requested || _state == State.Granted);
        require(fee <= _price && (fee == 0 || _state == State.Granted));
        close(0, fee);
    }

    /// @notice Some of the price stays open for the settlement of the time until now.
    function release(uint88 due, uint88 fee) external {
        require(_state == State.Granted);
        require(due <= _price && fee <= _price - due);
        uint88 back = _price - due;
        _refunded += back - fee;
        _fees += fee;
        (_state, _price) = (State.Ended, due);
        check();
    }

    function settle(uint88 paid) external {
        require(_state == State.Granted || _state == State.Ended);
        require(paid <= _price);
        close(paid, 0);
    }

    function close(uint88 paid, uint88 fee) private {
        _refunded += _price - paid - fee;
        _paid += paid;
        _fees += fee;
        (_state, _price) = (State.Final, 0);
        check();
        assert(uint256(_paid) + _refunded + _fees == _locked);
    }

    function check() private view {
        assert(uint256(_price) + _refunded + _paid + _fees == _locked);
    }
}
