import { type Document, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { type ApprovalTier, plainDecimal } from './approval-tier.ts';
import { defaultPolicy, type Policy, versionPolicy } from './policy.ts';
import { returnReasons } from './return-request.ts';

export type PolicyFile =
  | { readonly kind: 'ok'; readonly policy: Policy }
  /** A sentence each, with line and column: `line 3, column 1: unknown key windw_days`. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

type Problem = { readonly offset: number; readonly text: string };

const words = z.array(z.string().trim().min(1));

/** `"1000.00"` or 1000: text stays exact, and numbers people write for money are. */
const above = z
  .union([z.string(), z.number()], { error: 'expected an amount such as 1000.00' })
  .transform(String)
  .refine((text) => /^\d{1,9}(\.\d{1,3})?$/.test(text), 'expected an amount such as 1000.00')
  .transform(plainDecimal);

const tier = z
  .strictObject({
    above,
    approvers: z
      .array(z.string().regex(/^[USW][A-Z0-9_]+$/, 'expected a user id (U…) or a user-group id (S…)'))
      .min(1)
      .optional(),
    people: z.int().min(1).max(20).optional(),
  })
  .refine(canBeReached, { path: ['people'], error: 'more people are needed than approvers are named' });

const tiers = z.array(tier).superRefine((entries, context) => {
  entries.forEach((entry, index) => {
    if (entries.findIndex((other) => other.above === entry.above) === index) return;
    context.addIssue({ code: 'custom', path: [index, 'above'], message: 'this amount has a tier already' });
  });
});

const policyFileSchema = z.strictObject(
  {
    window_days: z.int().min(0).max(3650).optional(),
    final_sale_tags: words.optional(),
    non_returnable: z
      .strictObject({ gift_cards: z.boolean().optional(), product_types: words.optional() })
      .optional(),
    restocking_fee_percent: z.number().min(0).max(100).multipleOf(0.01).optional(),
    fee_waived_for: z.array(z.enum(returnReasons)).optional(),
    allow_undelivered: z.boolean().optional(),
    approvals: tiers.optional(),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? 'expected keys such as window_days: 30' : undefined) },
);

/** Reads a YAML policy. What the file leaves out is as in the default policy. */
export function parsePolicyFile(text: string, fallbackWindowDays: number): PolicyFile {
  const document = parseDocument(text, { prettyErrors: false });
  const unreadable = findUnreadable(document);
  if (unreadable.length > 0) {
    return { kind: 'invalid', problems: locate(unreadable, text) };
  }
  const parsed = policyFileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => describe(issue, document));
    return { kind: 'invalid', problems: locate(problems, text) };
  }
  return { kind: 'ok', policy: completePolicy(parsed.data, fallbackWindowDays) };
}

function findUnreadable(document: Document.Parsed): readonly Problem[] {
  const problems: Problem[] = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    offset: pos[0],
    text: message,
  }));
  visit(document, {
    Alias: (_, { range }) => {
      problems.push({ offset: range?.[0] ?? 0, text: 'aliases (*name) are not supported here' });
    },
  });
  return problems;
}

function completePolicy(file: z.infer<typeof policyFileSchema>, fallbackWindowDays: number): Policy {
  const base = defaultPolicy({ windowDays: file.window_days ?? fallbackWindowDays });
  return versionPolicy({
    windowDays: base.windowDays,
    finalSaleTags: file.final_sale_tags ?? base.finalSaleTags,
    nonReturnable: {
      giftCards: file.non_returnable?.gift_cards ?? base.nonReturnable.giftCards,
      productTypes: file.non_returnable?.product_types ?? base.nonReturnable.productTypes,
    },
    restockingFeePercent: file.restocking_fee_percent ?? base.restockingFeePercent,
    feeWaivedFor: file.fee_waived_for ?? base.feeWaivedFor,
    allowUndelivered: file.allow_undelivered ?? base.allowUndelivered,
    ...(file.approvals && { approvalTiers: file.approvals.map(completeTier) }),
  });
}

function completeTier({ above, approvers, people = 1 }: z.infer<typeof tier>): ApprovalTier {
  return { above, ...(approvers && { approvers }), people };
}

/** A group may have any number of members; people named one by one are counted. */
function canBeReached({
  approvers = [],
  people = 1,
}: {
  readonly approvers?: readonly string[] | undefined;
  readonly people?: number | undefined;
}): boolean {
  const named = new Set(approvers);
  return named.size === 0 || named.size >= people || approvers.some((id) => id.startsWith('S'));
}

function describe(issue: z.core.$ZodIssue, document: Document): readonly Problem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      offset: keyOffset(document, issue.path, key),
      text: `unknown key ${[...path, key].join('.')}`,
    }));
  }
  const name = path.length === 0 ? 'the policy' : path.join('.');
  return [{ offset: valueOffset(document, issue.path), text: `${name}: ${issue.message}` }];
}

/** Of what is missing, where it would have to be. */
function valueOffset(document: Document, path: readonly PropertyKey[]): number {
  const node = nodeAt(document, path);
  if (isNode(node)) return node.range?.[0] ?? 0;
  return path.length === 0 ? 0 : valueOffset(document, path.slice(0, -1));
}

function keyOffset(document: Document, path: readonly PropertyKey[], name: string): number {
  const map = nodeAt(document, path);
  const keys = isMap(map) ? map.items.map((pair) => pair.key).filter((key) => isScalar(key)) : [];
  return keys.find(({ value }) => String(value) === name)?.range?.[0] ?? 0;
}

function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

/** In the order of the file, with one-based positions. */
function locate(problems: readonly Problem[], text: string): readonly string[] {
  return problems
    .toSorted((left, right) => left.offset - right.offset)
    .map((problem) => {
      const before = text.slice(0, problem.offset).split('\n');
      return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: ${problem.text}`;
    });
}
