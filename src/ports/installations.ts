/** The app in a Slack workspace beside the store's own. */
export type Installation = {
  /** The workspace's id, or the organisation's where the whole organisation installed it. */
  readonly installedIn: string;
  readonly botToken: string;
  readonly botUserId: string | undefined;
  /** Who pressed Allow, in their workspace. */
  readonly installedBy: string | undefined;
};

/** Where installations are kept. Throws when the database does not answer. */
export type InstallationStore = {
  /** Undefined too for one whose token cannot be decrypted. */
  find(installedIn: string): Promise<Installation | undefined>;
  save(installation: Installation): Promise<void>;
  /** Nothing happens when it was installed again after `at`. */
  remove(installedIn: string, at: Date): Promise<void>;
  /** True for the first caller with this id, false for every other, in any process. */
  claimOnce(id: string): Promise<boolean>;
};
