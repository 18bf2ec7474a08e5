import { loadPolicy } from '../app/load-policy.ts';
import type { Config } from '../config.ts';
import { checkRequest } from '../returns/check-request.ts';
import { type ExplainedVerdict, explainVerdict } from '../returns/explain-verdict.ts';
import { needsShopFacts } from '../returns/needs-shop-facts.ts';
import type { Acceptance, Policy, Verdict } from '../returns/policy.ts';
import { findPolicy, newestPublication } from '../storage/policies.ts';
import { findLine, titleOf } from './find-line.ts';
import { tryRecords } from './open-records.ts';
import { withShop } from './open-shop.ts';
import type { ExplainCommand } from './read-options.ts';
import { readPolicyFile } from './read-policy-file.ts';
import { Refusal } from './refusal.ts';

/** Reads the order as it is now. Of the customer it names nothing but what the rules ask for. */
export async function explainCase(config: Config, command: ExplainCommand): Promise<readonly string[]> {
  const { orderNumber, item, quantity, reason, wish, staff } = command;
  const policy = command.file ? await readPolicyFile(config, command.file) : await policyInForce(config);
  return withShop(config, async (shop) => {
    const found = await shop.findOrder(orderNumber);
    if (!found) throw new Refusal(`The shop has no order ${orderNumber}.`);
    const order = needsShopFacts(policy) ? await shop.addPolicyFacts(found) : found;
    const line = findLine(order, item);
    const request = { orderId: order.id, lines: [{ lineId: line.id, quantity }], reason, wish };
    const checked = checkRequest(order, request);
    if (checked.kind === 'invalid' && order.cancelledAt === undefined) throw new Refusal(checked.say);
    const asker = staff
      ? ({ channel: 'slack', askedBy: 'staff' } as const)
      : ({ channel: 'sms', askedBy: 'customer' } as const);
    const explained = explainVerdict(policy, order, request, asker, new Date());
    return [
      `Order ${order.name}: ${quantity} x ${titleOf(line)}; reason ${reason}, wish ${wish}, asked by ${staff ? 'staff in Slack' : 'the customer by SMS'}`,
      `Policy ${policy.version}${command.file ? ` of ${command.file}` : ', which is in force'}`,
      '',
      ...sayVerdict(explained.verdict),
      '',
      ...sayChecks(explained),
    ];
  });
}

async function policyInForce(config: Config): Promise<Policy> {
  const recorded = await tryRecords(config, async ({ db, store }) => {
    const newest = await newestPublication(db, store);
    return newest && (await findPolicy(db, store, newest.version));
  });
  return recorded?.kind === 'found' ? recorded.policy : loadPolicy(config);
}

function sayVerdict(verdict: Verdict): readonly string[] {
  const answer = { accept: 'accepted', deny: 'denied', 'needs-person': 'for a person' }[verdict.kind];
  return [
    `Verdict: ${answer} (${verdict.rule})`,
    ...(verdict.kind === 'accept' ? sayTerms(verdict) : [verdict.say]).map((line) => `  ${line}`),
  ];
}

function sayTerms(verdict: Acceptance): readonly string[] {
  const { feePercent, returnShippingFee, storeCredit, approval } = verdict;
  return [
    `restocking fee ${feePercent}%`,
    ...(returnShippingFee ? [`return shipping fee ${returnShippingFee}`] : []),
    ...(storeCredit ? [`as store credit, ${storeCredit.bonusPercent}% on top`] : []),
    ...(verdict.refundShipping ? ["the order's shipping is refunded"] : []),
    ...(verdict.settles ? ['refunded when it arrives'] : []),
    ...(verdict.keepItem ? ['the customer keeps the item'] : []),
    ...(approval
      ? [`approval of ${approval.people}${approval.approvers ? ` of ${approval.approvers.join(', ')}` : ''}`]
      : []),
    ...(verdict.note ? [`note for staff: ${verdict.note}`] : []),
  ];
}

function sayChecks({ checks }: ExplainedVerdict): readonly string[] {
  const width = Math.max(...checks.map(({ rule }) => rule.length));
  return checks.map(({ rule, result, why }) => `  ${result.padEnd(14)}  ${rule.padEnd(width)}  ${why}`);
}
