import preact from "@preact/preset-vite";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const units = fileURLToPath(new URL("../../../tests/web/units", import.meta.url));

// The same sources give the same bytes: CI compares a fresh build with the committed one.
export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    outDir: "built",
    assetsDir: "assets",
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    target: "es2022",
  },
  server: { proxy: Object.fromEntries(["/mesh", "/pools", "/reservations", "/reports", "/price", "/events", "/status",
    "/transactions", "/development"].map((path) => [path, "http://127.0.0.1:8560"])) },
  test: { dir: units, include: ["**/*.test.js"], globals: true },
});
