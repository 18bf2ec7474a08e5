/** Who pressed something, as Slack signed it. `teamId` is the person's own workspace, '' when unnamed. */
export type Clicker = { readonly userId: string; readonly teamId: string; readonly name: string };

type SignedUser = {
  readonly id: string;
  readonly team_id?: string;
  readonly name?: string;
  readonly username?: string;
};

export function toClicker(user: SignedUser): Clicker {
  return { userId: user.id, teamId: user.team_id ?? '', name: user.name ?? user.username ?? user.id };
}
