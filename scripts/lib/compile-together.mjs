// Hardhat compiles files together only when their settings are one object, and a file with settings of its own gets an
// object of its own: a job for each of a hundred tests, which would compile the fixtures a hundred times.

/** Gives equal settings of a resolved configuration one object. */
function shareSettings(solidity) {
  for (const profile of Object.values(solidity.profiles)) {
    const known = new Map(profile.compilers.map((compiler) => [JSON.stringify(compiler), compiler]));
    for (const [file, settings] of Object.entries(profile.overrides)) {
      const key = JSON.stringify(settings);
      profile.overrides[file] = known.get(key) ?? known.set(key, settings).get(key);
    }
  }
  return solidity;
}

/** Hardhat plugin: files with equal settings are compiled in one job. */
export const compileTogether = {
  id: "compile-together",
  hookHandlers: {
    config: async () => ({
      default: async () => ({
        resolveUserConfig: async (config, variable, next) => {
          const resolved = await next(config, variable);
          return { ...resolved, solidity: shareSettings(resolved.solidity) };
        },
      }),
    }),
  },
};
