/** Who works here, as Slack knows it. Throws ExternalError; callers treat that as "nobody". */
export type StaffDirectory = {
  /** The store's own workspace. */
  homeTeamId(): Promise<string>;
  lookUp(userId: string): Promise<StaffMember | undefined>;
  membersOf(groupId: string): Promise<readonly string[]>;
};

export type StaffMember = {
  readonly userId: string;
  readonly teamId: string;
  readonly displayName: string;
  /** False for guests, bots, deactivated people and other workspaces. */
  readonly isFullMember: boolean;
};
