/** Who pressed something, as Slack signed it. `teamId` is the person's own workspace; '' is nobody's. */
export type Clicker = { readonly userId: string; readonly teamId: string; readonly name: string };

type SignedUser = {
  readonly id: string;
  readonly team_id?: string;
  readonly name?: string;
  readonly username?: string;
};

/** Slack names the person's workspace wherever it differs from the one the button was pressed in. */
export function toClicker(user: SignedUser, team: { readonly id: string } | null | undefined): Clicker {
  return {
    userId: user.id,
    teamId: user.team_id ?? team?.id ?? '',
    name: user.name ?? user.username ?? user.id,
  };
}
