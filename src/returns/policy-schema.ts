import { z } from 'zod';
import { amountText, approverIds, canBeReached, percent } from './policy-values.ts';
import { returnReasons, returnWishes } from './return-request.ts';
import { ruleSchema } from './rule-schema.ts';

const words = z.array(z.string().trim().min(1));

const tier = z
  .strictObject({
    above: amountText,
    approvers: approverIds.optional(),
    people: z.int().min(1).max(20).optional(),
  })
  .refine(canBeReached, { path: ['people'], error: 'more people are needed than approvers are named' });

const tiers = z.array(tier).superRefine((entries, context) => {
  entries.forEach((entry, index) => {
    if (entries.findIndex((other) => other.above === entry.above) === index) return;
    context.addIssue({ code: 'custom', path: [index, 'above'], message: 'this amount has a tier already' });
  });
});

/** What a policy file may say. What contradicts itself across keys is found after it. */
export const policyFileSchema = z.strictObject(
  {
    window_days: z.int().min(0).max(3650).optional(),
    final_sale_tags: words.optional(),
    non_returnable: z
      .strictObject({ gift_cards: z.boolean().optional(), product_types: words.optional() })
      .optional(),
    restocking_fee_percent: percent.optional(),
    fee_waived_for: z.array(z.enum(returnReasons)).optional(),
    allow_undelivered: z.boolean().optional(),
    offers: z.array(z.enum(returnWishes)).min(1).optional(),
    return_instructions: z.string().trim().min(1).max(500).optional(),
    close_returns_after_days: z.int().min(1).max(365).optional(),
    cancel_before_shipping: z.boolean().optional(),
    approvals: tiers.optional(),
    rules: z.array(ruleSchema).max(1000).optional(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'expected keys such as window_days: 30' : undefined) },
);

export type PolicyFileData = z.infer<typeof policyFileSchema>;
