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
      view: z.object({
        callback_id: z.string().default(''),
        private_metadata: z.string().default(''),
      }),
      /** What the program said under the fields when the modal was sent. */
      errors: z.record(z.string(), z.string()),
    }),
  ),
});

export type Manager = { readonly id: string; readonly name: string };

/** The sandbox's Slack as a manager sees it: the same buttons and the same modal as on the page. */
export type ManagerScreen = {
  manager(): Promise<Manager>;
  approve(manager: Manager, card: CardReference): Promise<void>;
  /** An empty text leaves the modal's field empty. Answers with what the modal then says, if it stays open. */
  deny(click: ModalClick, reason: string): Promise<string | undefined>;
  lower(click: ModalClick, amount: string): Promise<string | undefined>;
};

export type ModalClick = {
  readonly manager: Manager;
  readonly card: CardReference;
  readonly approvalId: ApprovalId;
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

  async function fill(
    { manager, card, approvalId }: ModalClick,
    actionId: string,
    callbackId: string,
    values: Readonly<Record<string, string>>,
  ): Promise<string | undefined> {
    const modalOfClick = async () =>
      (await look()).modals.findLast(
        ({ user, view }) =>
          user === manager.id &&
          view.callback_id === callbackId &&
          view.private_metadata.includes(approvalId),
      );
    await act('click', { user: manager.id, ...card, actionId });
    const modal = await waitFor(modalOfClick, 5_000);
    if (!modal) return undefined;
    await act('modal', { user: manager.id, viewId: modal.id, values });
    const open = await modalOfClick();
    return open?.id === modal.id ? Object.values(open.errors).join(' ') || undefined : undefined;
  }

  return {
    async manager() {
      const found = (await look()).people.find((person) => person.approves);
      if (!found) throw new Error('Nobody in the sandbox may approve.');
      return found;
    },
    approve: (manager, card) => act('click', { user: manager.id, ...card, actionId: 'approve_refund' }),
    deny: (click, reason) => fill(click, 'deny_refund', 'deny_refund_reason', { reason }),
    lower: (click, amount) => fill(click, 'lower_refund', 'lower_refund_amount', { amount }),
  };
}
