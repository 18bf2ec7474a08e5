import type { CardReference } from '../../ports/approval-desk.ts';

/** `workspaceUrl` is what auth.test calls `url`; undefined when it or the message is not known. */
export function messageLink(
  workspaceUrl: string | undefined,
  message: CardReference | undefined,
): string | undefined {
  if (workspaceUrl === undefined || message === undefined) return undefined;
  return `${workspaceUrl.replace(/\/$/, '')}/archives/${message.channel}/p${message.ts.replace('.', '')}`;
}
