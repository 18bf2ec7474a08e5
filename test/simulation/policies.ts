import type { Policy } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import type { Random } from './random.ts';

const files = {
  'as it comes': 'window_days: 30\n',
  'with a fee': 'restocking_fee_percent: 10\n',
  'with a bonus': `rules:
  - id: credit
    when: { wish: store_credit }
    then: { refund_to: store_credit, store_credit_bonus_percent: 5 }
`,
  'sent back first': `return_instructions: Send it to 1 Mill Lane.
close_returns_after_days: 5
rules:
  - id: send-back
    when: { wish: { none: [store_credit] } }
    then: { when: on_arrival }
`,
} as const;

export type PolicyName = keyof typeof files;

type PickedPolicy = {
  readonly name: PolicyName;
  readonly policy: Policy;
  /** What it adds to store credit. */
  readonly bonusPercent: number;
};

export function pickPolicy(random: Random): PickedPolicy {
  const names: readonly PolicyName[] = [
    'as it comes',
    'as it comes',
    'with a fee',
    'with a bonus',
    'sent back first',
    'sent back first',
  ];
  const name = random.pick(names);
  const read = parsePolicyFile(files[name], 30);
  if (read.kind !== 'ok') throw new Error(`The policy ${name} is wrong: ${read.problems.join(' ')}`);
  return { name, policy: read.policy, bonusPercent: name === 'with a bonus' ? 5 : 0 };
}
