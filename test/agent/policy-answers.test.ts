import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkReply } from '../../src/agent/reply-check.ts';
import { explainPolicy } from '../../src/returns/explain-policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import { modelRequest } from '../support/model-request.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
const { facts } = modelRequest();

const rule = (outcome: string) =>
  `rules:\n  - id: a\n    when: { reason: too_large }\n    then: { ${outcome} }\n`;

test.each([
  ['is the default', 'window_days: 30\n'],
  ['is the one of the documentation', example],
  ['refunds on arrival', rule('when: on_arrival')],
  ['gives a label', rule('label: "https://labels.example.com/{order}", when: on_arrival')],
  ['gives store credit with a gift', rule('refund_to: store_credit, store_credit_bonus_percent: 10')],
  ['only exchanges', rule('refund_to: exchange')],
  ['refunds shipping', rule('refund_shipping: always')],
  ['refunds shipping of its own mistakes', rule('refund_shipping: our_fault')],
  ['refunds no shipping', rule('refund_shipping: never')],
  ['leaves the item', rule('keep_item: true')],
  ['keeps fees back', rule('restocking_fee_percent: 12.5, return_shipping_fee: "5.00"')],
  ['wants a photo', rule('photo_required: true')],
  ['asks a person', rule('needs_person: Somebody looks at it')],
  [
    'says that the money was sent',
    rule('deny: "Your refund was sent already, and your order was cancelled"'),
  ],
  [
    'tells how to send it back',
    'return_instructions: "Once your return is received, we have refunded you."\n',
  ],
])('the bot may say a policy that %s, whole and by the sentence', (_what, yaml) => {
  const parsed = parsePolicyFile(yaml, 30);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  const policy = explainPolicy(parsed.policy);
  for (const reply of [policy.join(' '), ...policy]) {
    expect.soft(checkReply(reply, { ...facts, policy }, []), reply).toBeUndefined();
    expect.soft(checkReply(reply.replaceAll("'", '’'), { ...facts, policy }, []), reply).toBeUndefined();
  }
});
