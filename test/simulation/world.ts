import { receiveMessage } from '../../src/conversation/receive-message.ts';
import type { PhoneNumber } from '../../src/returns/ids.ts';
import { approverActor } from './approvers.ts';
import { resume, staffActor } from './colleagues.ts';
import { type Customer, inventCustomers } from './customers.ts';
import { merchantActor, warehouseActor } from './merchant.ts';
import type { Process, Processes } from './processes.ts';
import type { Providers } from './providers.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import { customerActor } from './talk.ts';

/** One text of a customer, as the phone network delivers it: once, and once more if nobody answers. */
export type Text = {
  readonly sid: string;
  readonly from: string;
  readonly body: string;
  isAcknowledged: boolean;
};

export type Actor = {
  /** When they will do something; infinite when they are done. */
  next(): number;
  act(): void | Promise<void>;
};

export type World = {
  readonly actors: readonly Actor[];
  readonly customers: readonly Customer[];
  /** Everything customers sent. */
  readonly texts: readonly Text[];
  /** How many texts and posts were taken after the program had given up on them. */
  lateTexts(): number;
  latePosts(): number;
  /** Somebody ends what pause there is. */
  resume(): Promise<void>;
};

export type Request = (
  label: string,
  run: (process: Process) => Promise<unknown>,
  ends: (ok: boolean) => void,
) => Promise<void>;

export type WorldDeps = {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly database: SimulatedDatabase;
  readonly providers: Providers;
  readonly processes: Processes;
  /** Requests that were made after the caller had given up. */
  readonly late: readonly string[];
};

export function createWorld(deps: WorldDeps): World {
  const { random, scheduler, processes } = deps;
  const texts: Text[] = [];
  let made = 0;

  /** A task of the web process; `again` when it dies or fails before it is done. */
  async function request(
    label: string,
    run: (process: Process) => Promise<unknown>,
    ends: (ok: boolean) => void,
  ): Promise<void> {
    const process = processes.of('web');
    if (!process) {
      scheduler.note(`${label}: nobody listens`);
      return ends(false);
    }
    const { life } = process;
    const over = (ok: boolean) => {
      if (!life.whenDead.delete(died)) return;
      ends(ok);
    };
    const died = () => over(false);
    life.whenDead.add(died);
    scheduler.note(label);
    await scheduler.start(life, () => {
      run(process).then(
        () => over(true),
        () => over(false),
      );
    });
  }

  function deliver(text: Text, again: number): Promise<void> {
    return request(
      `${text.from} texts "${text.body}" (${text.sid})`,
      ({ context }) =>
        receiveMessage(context, {
          provider: 'twilio',
          providerMessageId: text.sid,
          channel: 'sms',
          address: text.from,
          phone: text.from as PhoneNumber,
          text: text.body,
        }),
      (ok) => {
        if (ok) text.isAcknowledged = true;
        else if (again > 0)
          scheduler.later(`${text.sid} once more`, 1_000, () => void deliver(text, again - 1));
      },
    );
  }

  async function send(from: string, body: string): Promise<void> {
    made += 1;
    const text: Text = { sid: `SM${made}`, from, body, isAcknowledged: false };
    texts.push(text);
    // Webhooks come twice, at once or later.
    for (let copies = random.pick([0, 0, 0, 1, 2]); copies > 0; copies--) {
      scheduler.later(`${text.sid} again`, random.between(1, 4_000), () => void deliver(text, 0));
    }
    await deliver(text, 1);
  }

  const customers = inventCustomers(random);
  return {
    customers,
    texts,
    lateTexts: () => deps.late.filter((each) => each === 'twilio POST').length,
    latePosts: () => deps.late.filter((each) => each === 'slack chat.postMessage').length,
    actors: [
      ...customers.map((customer) => customerActor(deps, customer, send)),
      approverActor(deps, request),
      staffActor(deps, request),
      merchantActor(deps, customers),
      warehouseActor(deps, request),
    ],
    resume: () =>
      request(
        'Maya resumes',
        (process) => resume(process, 'end'),
        () => {},
      ),
  };
}
