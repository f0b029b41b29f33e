import {
  clock, duration, ether, fidelity, figure, moment, share, short,
} from "../../../src/Pqms.Node/Web/src/format.js";

describe("ether", () => {
  it.each([
    ["0", "0 ETH"], ["1", "1 wei"], ["999999999999", "999999999999 wei"], ["1000000000000", "0.000001 ETH"],
    ["1200000000000000", "0.0012 ETH"], ["1000000000000000000", "1 ETH"],
    ["123456789000000000000000000", "123456789 ETH"],
    ["340282366920938463463374607431768211455", "340282366920938463463.374607 ETH"],
  ])("shows %s wei as %s", (wei, text) => expect(ether(wei)).toBe(text));

  it.each([undefined, null, "", "-1", "1.5", "abc", "9".repeat(41), "<b>"])("shows %s as a dash", (wei) =>
    expect(ether(wei)).toBe("–"));
});

describe("figures", () => {
  it("keeps three digits", () => {
    expect(figure(0)).toBe("0");
    expect(figure(1234.5, "km")).toBe("1235 km");
    expect(figure(12.345)).toBe("12.3");
    expect(figure(0.00001234)).toBe("1.23e-5");
    expect(figure(12345678)).toBe("1.23e+7");
    expect(figure(-2.5)).toBe("-2.5");
  });

  it.each([NaN, Infinity, null, undefined, "7"])("shows %s as a dash", (value) => {
    expect(figure(value)).toBe("–");
    expect(fidelity(value)).toBe("–");
    expect(share(value)).toBe("–");
  });

  it("shows fidelities with four places and shares in percent", () => {
    expect(fidelity(0.96368317)).toBe("0.9637");
    expect(share(0.98765)).toBe("98.77 %");
    expect(share(1)).toBe("100 %");
  });
});

describe("times", () => {
  it("reads chain time as UTC", () => {
    expect(clock(1795769408)).toBe("08:50:08");
    expect(moment(1795769408)).toBe("2026-11-27 08:50:08 UTC");
  });

  it.each([[0, "0 s"], [59, "59 s"], [60, "1 min"], [3600, "1 h"], [14400, "4 h"], [3725, "1 h 2 min 5 s"]])(
    "shows %s seconds as %s", (seconds, text) => expect(duration(seconds)).toBe(text));

  it.each([-1, NaN, 1e300, "x", undefined])("shows %s as a dash", (value) => {
    expect(clock(value)).toBe("–");
    expect(moment(value)).toBe("–");
    expect(duration(value)).toBe("–");
  });
});

describe("short", () => {
  it("keeps both ends of a hash and the end of an id", () => {
    expect(short("0x7e2fbef6280000000000000000000000000000000000000000000000000000ab")).toBe("0x7e2fbe…00ab");
    expect(short("resource-id-155701124182891157286458702529141727958")).toBe("…41727958");
    expect(short("resource-id-7")).toBe("7");
    expect(short("")).toBe("–");
    expect(short(undefined)).toBe("–");
  });
});
