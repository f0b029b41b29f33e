// Figures and names as people read them. Whatever cannot be read becomes a dash, never an error.

const dash = "–";
const weiPerEther = 10n ** 18n;

/** Wei, as text, in ether with up to `digits` places, rounded down; tiny amounts stay visible as wei. */
export function ether(wei, digits = 6) {
  if (!/^\d{1,40}$/.test(String(wei))) {
    return dash;
  }
  const value = BigInt(wei);
  const unit = weiPerEther / 10n ** BigInt(digits);
  if (value > 0n && value < unit) {
    return `${value} wei`;
  }
  const text = (value / unit).toString().padStart(digits + 1, "0");
  const places = text.slice(-digits).replace(/0+$/, "");
  return `${text.slice(0, -digits)}${places ? `.${places}` : ""} ETH`;
}

/** A fidelity with four places. */
export function fidelity(value) {
  return typeof value === "number" && Number.isFinite(value) ? value.toFixed(4) : dash;
}

/** A figure with three significant digits and a unit. */
export function figure(value, unit = "") {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return dash;
  }
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.001 || size >= 1e6) ? value.toExponential(2)
    : size >= 100 ? Math.round(value).toString() : String(Number(value.toPrecision(3)));
  return unit ? `${text} ${unit}` : text;
}

/** A share as a percentage. */
export function share(value) {
  return typeof value === "number" && Number.isFinite(value) ? `${Number((value * 100).toFixed(2))} %` : dash;
}

/** Chain time, in seconds, as hours, minutes and seconds UTC. */
export function clock(seconds) {
  return valid(seconds) ? new Date(seconds * 1000).toISOString().slice(11, 19) : dash;
}

/** Chain time with its day. */
export function moment(seconds) {
  return valid(seconds) ? `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC` : dash;
}

/** A length of time in the largest units that fit. */
export function duration(seconds) {
  if (!valid(seconds)) {
    return dash;
  }
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  return [hours && `${hours} h`, minutes && `${minutes} min`, (rest || seconds < 60) && `${rest} s`]
    .filter(Boolean).join(" ");
}

/** A hash, address or id with its middle left out. */
export function short(text) {
  const value = String(text ?? "");
  if (value.startsWith("resource-id-")) {
    const digits = value.slice("resource-id-".length);
    return digits.length > 8 ? `…${digits.slice(-8)}` : digits;
  }
  return value.length > 14 ? `${value.slice(0, 8)}…${value.slice(-4)}` : value || dash;
}

function valid(seconds) {
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0 && seconds < 8.64e12;
}
