import { orderNumberOf, phoneOf } from './store.ts';

export type Workload = {
  readonly name: 'W1' | 'W2';
  readonly meaning: string;
  text(customer: number): string;
};

export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    meaning: 'a question about the policy: one turn, no call to the shop',
    text: () => 'What is your return policy?',
  },
  {
    name: 'W2',
    meaning: 'a return: the order is found and read in the shop, and a quote is made and stored',
    text: (customer) =>
      `I want to return the blue shirt from order ${orderNumberOf(customer)}, it is too small`,
  },
];

export type ScheduledText = {
  /** Milliseconds after the start of the round. */
  readonly dueMs: number;
  readonly from: string;
  readonly body: string;
};

/** Evenly spaced, customers in turn, starting with customer number `first`. */
export function schedule(
  workload: Workload,
  first: number,
  load: { readonly rate: number; readonly seconds: number; readonly conversations: number },
): readonly ScheduledText[] {
  return Array.from({ length: load.rate * load.seconds }, (_, index) => {
    const customer = first + (index % load.conversations);
    return { dueMs: (index * 1_000) / load.rate, from: phoneOf(customer), body: workload.text(customer) };
  });
}
