import { z } from 'zod';
import { conditionsSchema } from './condition-schema.ts';
import {
  type ApprovalDemand,
  alternatives,
  type Destination,
  type Outcomes,
  type PolicyRule,
} from './policy-rule.ts';
import { amountText, approverIds, canBeReached, orElse, percent } from './policy-values.ts';

const sentence = z.string().trim().min(1).max(300);
const link = z
  .string()
  .trim()
  .max(300)
  .regex(/^https:\/\/[^\s/]+\S*$/, 'expected a link that begins with https://');
const tags = z
  .union([sentence.transform((tag) => [tag]), z.array(sentence).min(1)], {
    error: 'expected a tag or a list of tags',
  })
  .transform((list) => [...new Set(list)].toSorted());

const outcomesSchema = z
  .strictObject({
    accept: z.literal(true).optional(),
    deny: sentence.optional(),
    needs_person: z.union([z.literal(true), sentence], { error: 'expected true or a sentence' }).optional(),
    approval: z
      .strictObject({ approvers: approverIds.optional(), people: z.int().min(1).max(20).optional() })
      .refine(canBeReached, { path: ['people'], error: 'more people are needed than approvers are named' })
      .optional(),
    window_days: z.int().min(0).max(3650).optional(),
    bypass_final_sale: z.boolean().optional(),
    restocking_fee_percent: percent.optional(),
    return_shipping_fee: amountText.optional(),
    waive_fees: z.literal(true).optional(),
    refund_to: z.enum(['original', 'store_credit', 'exchange']).optional(),
    store_credit_bonus_percent: percent.optional(),
    refund_shipping: z.enum(['never', 'always', 'our_fault']).optional(),
    when: z.enum(['at_once', 'on_arrival']).optional(),
    photo_required: z.boolean().optional(),
    keep_item: z.boolean().optional(),
    label: link.optional(),
    tag_order: tags.optional(),
    tag_customer: tags.optional(),
    note: sentence.optional(),
    alternatives: z.array(z.enum(alternatives)).min(1).optional(),
  })
  .refine((then) => Object.keys(then).length > 0, orElse('expected an outcome'))
  .superRefine((then, context) => {
    const refuse = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    const [, ...further] = (['accept', 'deny', 'needs_person'] as const).filter((key) => key in then);
    for (const key of further) refuse(key, 'a rule accepts, denies or asks for a person, only one of them');
    if (then.waive_fees && (then.restocking_fee_percent ?? then.return_shipping_fee) !== undefined) {
      refuse('waive_fees', 'this rule names a fee as well');
    }
    if (then.store_credit_bonus_percent !== undefined && then.refund_to !== 'store_credit') {
      refuse('store_credit_bonus_percent', 'needs refund_to: store_credit');
    }
  })
  .transform(
    (then): Outcomes => ({
      ...decisionOf(then),
      ...(then.approval && { approval: demandOf(then.approval) }),
      ...(then.window_days !== undefined && { windowDays: then.window_days }),
      ...(then.bypass_final_sale !== undefined && { bypassFinalSale: then.bypass_final_sale }),
      ...(then.restocking_fee_percent !== undefined && { restockingFeePercent: then.restocking_fee_percent }),
      ...(then.return_shipping_fee !== undefined && { returnShippingFee: then.return_shipping_fee }),
      ...(then.waive_fees && { restockingFeePercent: 0, returnShippingFee: '0' }),
      ...(then.refund_to && { refundTo: destinationOf(then.refund_to, then.store_credit_bonus_percent) }),
      ...(then.refund_shipping && { refundShipping: then.refund_shipping }),
      ...(then.when && { refundWhen: then.when }),
      ...(then.photo_required !== undefined && { photoRequired: then.photo_required }),
      ...(then.keep_item !== undefined && { keepItem: then.keep_item }),
      ...(then.label && { label: then.label }),
      ...(then.tag_order && { tagOrder: then.tag_order }),
      ...(then.tag_customer && { tagCustomer: then.tag_customer }),
      ...(then.note && { note: then.note }),
      ...(then.alternatives && { alternatives: [...new Set(then.alternatives)].toSorted() }),
    }),
  );

export const ruleSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'expected a name such as holiday-window'),
    priority: z.int().min(-1_000_000).max(1_000_000).optional(),
    when: conditionsSchema.optional(),
    // biome-ignore lint/suspicious/noThenProperty: a word of the policy file; rules in code say outcomes.
    then: outcomesSchema,
  })
  .transform(
    ({ id, priority = 0, when = [], then: outcomes }): PolicyRule => ({ id, priority, when, outcomes }),
  );

function decisionOf(then: {
  readonly accept?: true | undefined;
  readonly deny?: string | undefined;
  readonly needs_person?: true | string | undefined;
}): Pick<Outcomes, 'decision'> {
  if (then.accept) return { decision: { kind: 'accept' } };
  if (then.deny !== undefined) return { decision: { kind: 'deny', say: then.deny } };
  if (then.needs_person === undefined) return {};
  const say = then.needs_person;
  return { decision: { kind: 'needs-person', ...(typeof say === 'string' && { say }) } };
}

function demandOf({
  approvers,
  people = 1,
}: {
  readonly approvers?: readonly string[] | undefined;
  readonly people?: number | undefined;
}): ApprovalDemand {
  return { people, ...(approvers && { approvers: [...new Set(approvers)].toSorted() }) };
}

function destinationOf(to: Destination['to'], bonusPercent = 0): Destination {
  return to === 'store_credit' ? { to, bonusPercent } : { to };
}
