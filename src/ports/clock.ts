/** The database's clock decides; a provider's may be ahead of it or behind by this much when its records are searched. */
export const clockSkewMs = 5 * 60_000;
