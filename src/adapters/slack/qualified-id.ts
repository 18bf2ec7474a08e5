/**
 * Ids of people and channels are unique within one workspace only. Those of further workspaces are written
 * `T0123/C4567` here, everywhere: so they never equal an id of the store's own workspace, whatever they are.
 */
export function qualify(workspace: string, id: string): string {
  return `${workspace}/${id}`;
}

/** `workspace` is undefined for an id of the store's own. */
export function readQualified(id: string): { readonly workspace: string | undefined; readonly id: string } {
  const [, workspace, rest] = /^([TE][A-Z0-9]+)\/(.+)$/s.exec(id) ?? [];
  return { workspace, id: rest ?? id };
}
