/** Why a command does nothing, and what to do about it; for whoever typed it. */
export class Refusal extends Error {}
