import type { Connection } from './connect.ts';
import { listPendingOf } from './pending-approvals.ts';
import type { Screen } from './screen.ts';
import type { Talk } from './talk.ts';

export type ShowNews = (talks: readonly Talk[]) => Promise<void>;

/** Shows what was said, each text once, and once for each approval that the speaker waits for one. */
export function createNews({ context, stories }: Connection, screen: Screen): ShowNews {
  const announced = new Set<string>();
  let showing = Promise.resolve();

  async function showOne(talk: Talk): Promise<void> {
    for (const text of await talk.news()) screen.reply(text);
    for (const { name, approval } of await listPendingOf(context, talk.conversationId)) {
      if (announced.has(approval.id)) continue;
      announced.add(approval.id);
      const how = stories ? `type /approve ${name} or /deny ${name}` : 'it is decided in Slack';
      screen.note(`(waiting for approval ${name}: ${how})`);
    }
  }

  async function showAll(talks: readonly Talk[]): Promise<void> {
    for (const talk of talks) await showOne(talk);
  }

  /** One after the other: two readers at once would both find the same text new. */
  return (talks) => {
    showing = showing.catch(() => {}).then(() => showAll(talks));
    return showing;
  };
}
