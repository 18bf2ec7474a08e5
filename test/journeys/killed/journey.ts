import type { ProgramAnswer } from '../../../src/sandbox/program.ts';
import type { Said } from '../../../src/sandbox/workspace-events.ts';
import { botUserId } from '../../../src/sandbox/workspace-people.ts';
import type { OpenModal, SlackMessage } from '../../../src/sandbox/workspace-state.ts';
import type { KillableWorld, Trap } from '../../support/killable-world.ts';
import { waitFor } from '../../support/wait-for.ts';

export type Point<Moment extends string> = {
  readonly title: string;
  /** When in the journey the trap is set, or the program killed outright. */
  readonly at: Moment;
  readonly trap: Trap;
  /** In a process that has asked Slack nothing yet. */
  readonly isFresh?: boolean;
};

export type Journey<Moment extends string> = {
  readonly name: string;
  readonly slackBy: 'http' | 'socket';
  readonly points: readonly Point<Moment>[];
  play(people: People, reach: (moment: Moment) => Promise<void>): Promise<void>;
};

export const maya = 'UMAYA0001';
export const noah = 'UNOAH0002';
export const iris = 'UIRIS0003';
export const general = 'CGENERAL01';
export const support = 'CSUPPORT';

export type People = ReturnType<typeof peopleOf>;

/** Several processes killed and started again, some of them twice, on a busy machine. */
const patienceMs = 180_000;

export function sees<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>) {
  return waitFor(what, look, patienceMs);
}

/** What people and providers do; whoever gets no answer does the same again, as they do. */
export function peopleOf({ sandbox, program, customers, aMinutePasses }: KillableWorld) {
  const { phones, shop, workspace } = sandbox;

  async function untilAnswered(gesture: () => Promise<ProgramAnswer>): Promise<ProgramAnswer> {
    for (;;) {
      await program.ready();
      await sees('the connection', () => workspace.sockets?.connections() !== 0);
      const answer = await gesture();
      if (answer.status === 200) return answer;
    }
  }
  /** Slack delivers an event again that nobody acknowledged. Over Socket Mode it does so by itself. */
  async function untilHeard({ events, ts }: Said): Promise<string> {
    for (const event of events) {
      let { status } = event;
      for (let retry = 1; status !== 200; retry += 1) {
        await program.ready();
        ({ status } = await workspace.redeliver(event.envelope, retry));
      }
    }
    return ts;
  }
  async function modalOf(user: string): Promise<OpenModal> {
    return sees('the modal', () => workspace.openModals().findLast((modal) => modal.user === user));
  }

  return {
    workspace,
    modalOf,
    nextCustomer: customers.next,
    settled: () => sees('the program to be idle', program.isIdle),
    async text(phone: string, body: string): Promise<void> {
      let { status, messageSid } = await phones.receiveText({ from: phone, body });
      while (status !== 200) {
        await program.ready();
        ({ status } = await phones.redeliver(messageSid));
      }
    },
    textsTo: (phone: string, words = '') =>
      phones
        .messagesTo(phone)
        .filter(({ direction, body }) => direction === 'outbound-api' && body.includes(words))
        .map(({ body }) => body),
    say: async (user: string, channel: string, text: string, threadTs?: string) =>
      untilHeard(await workspace.say({ user, channel, text, threadTs })),
    openHome: async (user: string) => untilHeard(await workspace.openHome(user, 'home')),
    command: (user: string, text: string) =>
      untilAnswered(() => workspace.command({ user, channel: general, command: '/returns', text })),
    press: (user: string, shown: SlackMessage, actionId: string) =>
      untilAnswered(() => workspace.click({ user, channel: shown.channel, ts: shown.ts, actionId, shown })),
    pressAtHome: (user: string, actionId: string) => {
      const shown = workspace.homeOf(user);
      return untilAnswered(() => workspace.clickHome({ user, actionId, shown }));
    },
    async fillIn(user: string, values: Readonly<Record<string, string>>): Promise<void> {
      const { id } = await modalOf(user);
      await untilAnswered(() => workspace.submitModal({ user, viewId: id, values }));
      workspace.closeModal(user, id);
    },
    cardsOf: (orderNumber: string) =>
      workspace.cards().filter((card) => JSON.stringify(card.blocks).includes(`#${orderNumber}`)),
    parcelArrives: (orderNumber: string) => shop.parcelArrives(`#${orderNumber}`),
    /** Shopify delivers again what nobody acknowledged, under the same id. */
    async shopTells(topic: string, orderNumber: string): Promise<void> {
      const webhook = { topic, orderName: `#${orderNumber}`, webhookId: crypto.randomUUID() };
      while ((await shop.sendWebhook(webhook)).status !== 200) await program.ready();
    },
    returnsOf: (orderNumber: string) =>
      shop.returns().filter(({ orderName }) => orderName === `#${orderNumber}`),
    /** Every refund of this order, whoever made it. */
    moneyOf: (orderNumber: string) =>
      shop
        .refunds()
        .filter(({ orderName }) => orderName === `#${orderNumber}`)
        .map(({ amount }) => amount),
    /** Of what no process is at work on. */
    aMinutePasses,
    refundsOf: (orderNumber: string) =>
      shop
        .refunds()
        .filter(({ orderName, idempotencyKey }) => orderName === `#${orderNumber}` && idempotencyKey)
        .map(({ amount }) => amount),
    /** What the bot posted in a thread below its root. */
    answersIn: (channel: string, ts: string) =>
      workspace.thread(channel, ts).filter((each) => each.user === botUserId && each.ts !== ts),
  };
}

/** What was begun before the kill is left alone for a minute, which nobody waits for here. */
export function hastily(people: People, what: string, look: () => boolean) {
  return sees(what, async () => {
    if (look()) return true;
    await people.aMinutePasses();
    return false;
  });
}

/** A customer asks for a desk's money back and says yes; the card is there, and nothing is under way. */
export async function askForDesk(
  people: People,
  { phone, orderNumber }: { readonly phone: string; readonly orderNumber: string },
): Promise<SlackMessage> {
  await people.text(phone, `return the walnut desk from order ${orderNumber}`);
  await sees('the quote', () => people.textsTo(phone, 'YES').length > 0);
  await people.text(phone, 'yes');
  const card = await sees('the card', () => people.cardsOf(orderNumber)[0]);
  await sees('the words to the customer', () => people.textsTo(phone, 'manager').length > 0);
  await people.settled();
  return card;
}
