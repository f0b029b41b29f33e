#!/usr/bin/env node
// `npm run test:nightly`: npm test with the long profiles (PQMS_PROFILE=nightly), at most an hour.
process.argv.push("--nightly");
await import("./test.mjs");
