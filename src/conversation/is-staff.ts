import type { StaffSetting } from './context.ts';

/** Full members of the workspace they write from, and of the list when there is one. Guests and bots never. */
export async function isStaff(
  { directory, allowed }: StaffSetting,
  person: { readonly userId: string; readonly teamId: string },
): Promise<boolean> {
  const member = await directory.lookUp(person.userId);
  if (!member?.isFullMember || member.teamId !== person.teamId) return false;
  // An id of a further workspace carries that workspace before a slash; the list names people without it.
  const listed = person.userId.slice(person.userId.lastIndexOf('/') + 1);
  if (allowed.length === 0 || allowed.includes(listed)) return true;
  for (const group of allowed.filter((id) => id.startsWith('S'))) {
    if ((await directory.membersOf(group)).includes(person.userId)) return true;
  }
  return false;
}

/** As colleagues know the person. Ask only about somebody who is staff. */
export async function staffName(
  { directory }: StaffSetting,
  person: { readonly userId: string; readonly name: string },
): Promise<string> {
  return (await directory.lookUp(person.userId))?.displayName ?? person.name;
}
