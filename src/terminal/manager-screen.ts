import { z } from 'zod';
import type { CardReference } from '../ports/approval-desk.ts';
import type { ApprovalId } from '../returns/ids.ts';
import { waitFor } from './wait-for.ts';

const world = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string(), approves: z.boolean() })),
  modals: z.array(
    z.object({
      id: z.string(),
      user: z.string(),
      view: z.object({ private_metadata: z.string().default('') }),
    }),
  ),
});

export type Manager = { readonly id: string; readonly name: string };

/** The sandbox's Slack as a manager sees it: the same buttons and the same modal as on the page. */
export type ManagerScreen = {
  manager(): Promise<Manager>;
  approve(manager: Manager, card: CardReference): Promise<void>;
  /** An empty reason leaves the modal's field empty. */
  deny(manager: Manager, card: CardReference, approvalId: ApprovalId, reason: string): Promise<void>;
};

export function openManagerScreen(url: string): ManagerScreen {
  async function look() {
    const response = await fetch(`${url}/sandbox/state`, { signal: AbortSignal.timeout(10_000) });
    return world.parse(await response.json());
  }

  async function act(gesture: 'click' | 'modal', input: Readonly<Record<string, unknown>>): Promise<void> {
    const response = await fetch(`${url}/sandbox/${gesture}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(20_000),
    });
    await response.body?.cancel();
  }

  return {
    async manager() {
      const found = (await look()).people.find((person) => person.approves);
      if (!found) throw new Error('Nobody in the sandbox may approve.');
      return found;
    },
    approve: (manager, card) => act('click', { user: manager.id, ...card, actionId: 'approve_refund' }),
    async deny(manager, card, approvalId, reason) {
      await act('click', { user: manager.id, ...card, actionId: 'deny_refund' });
      const modal = await waitFor(async () => {
        const { modals } = await look();
        return modals.findLast(
          ({ user, view }) => user === manager.id && view.private_metadata.includes(approvalId),
        );
      }, 5_000);
      if (modal) await act('modal', { user: manager.id, viewId: modal.id, values: { reason } });
    },
  };
}
