import { setTimeout as sleep } from 'node:timers/promises';

/** Something a stand-in is told to do wrong. */
type Fault = {
  /** Which operation it strikes, e.g. `refundCreate`; every operation when absent. */
  readonly operation?: string;
  /** 'after': what was asked has been done and stored, only the answer suffers. */
  readonly when: 'before' | 'after';
  /** How often it strikes; until it is removed when absent. */
  readonly times?: number;
  readonly action: FaultAction;
};

type FaultAction = WaitFault | AnswerFault;

type WaitFault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  | { readonly kind: 'call'; readonly run: () => void | Promise<void> };

/** Replaces the answer. 'drop' closes the socket without one; 'throttle' is the provider's own "slow down". */
export type AnswerFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'drop' }
  | { readonly kind: 'throttle' };

export type Faults = {
  /** Faults strike in the order they were added. The function returned removes this one. */
  add(fault: Fault): () => void;
  clear(): void;
  /** Waits and calls are over when it resolves; what it returns is to be answered instead. */
  before(...operations: readonly string[]): Promise<AnswerFault | undefined>;
  after(...operations: readonly string[]): Promise<AnswerFault | undefined>;
};

type Armed = { readonly fault: Fault; remaining: number };

export function createFaults(): Faults {
  let armed: readonly Armed[] = [];

  async function strike(
    when: Fault['when'],
    operations: readonly string[],
  ): Promise<AnswerFault | undefined> {
    for (const candidate of armed) {
      const { fault } = candidate;
      if (fault.when !== when || candidate.remaining <= 0) continue;
      if (fault.operation !== undefined && !operations.includes(fault.operation)) continue;
      candidate.remaining -= 1;
      const answer = await perform(fault.action);
      if (answer) return answer;
    }
    return undefined;
  }

  return {
    add(fault) {
      const entry = { fault, remaining: fault.times ?? Number.POSITIVE_INFINITY };
      armed = [...armed, entry];
      return () => {
        armed = armed.filter((other) => other !== entry);
      };
    },
    clear() {
      armed = [];
    },
    before: (...operations) => strike('before', operations),
    after: (...operations) => strike('after', operations),
  };
}

async function perform(action: FaultAction): Promise<AnswerFault | undefined> {
  switch (action.kind) {
    case 'delay':
      await sleep(action.ms);
      return undefined;
    case 'hold':
      await action.until;
      return undefined;
    case 'call':
      await action.run();
      return undefined;
    case 'status':
    case 'drop':
    case 'throttle':
      return action;
  }
}
