import type { StaffSetting } from './context.ts';

/** Full members of the store's own workspace, and of the list when there is one. Guests and bots never. */
export async function isStaff(
  { directory, allowed }: StaffSetting,
  person: { readonly userId: string; readonly teamId: string },
): Promise<boolean> {
  const member = await directory.lookUp(person.userId);
  if (!member?.isFullMember || member.teamId !== person.teamId) return false;
  if (allowed.length === 0 || allowed.includes(person.userId)) return true;
  for (const group of allowed.filter((id) => id.startsWith('S'))) {
    if ((await directory.membersOf(group)).includes(person.userId)) return true;
  }
  return false;
}
