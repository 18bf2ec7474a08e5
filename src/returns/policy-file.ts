import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { defaultPolicy, type Policy, versionPolicy } from './policy.ts';
import { returnReasons } from './return-request.ts';

export type PolicyFile =
  | { readonly kind: 'ok'; readonly policy: Policy }
  /** A sentence each, with line and column: `line 3, column 1: unknown key "windw_days"`. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

const words = z.array(z.string().trim().min(1));

const policyFileSchema = z.strictObject({
  window_days: z.int().min(0).max(3650).optional(),
  final_sale_tags: words.optional(),
  non_returnable: z
    .strictObject({ gift_cards: z.boolean().optional(), product_types: words.optional() })
    .optional(),
  restocking_fee_percent: z.number().min(0).max(100).multipleOf(0.01).optional(),
  fee_waived_for: z.array(z.enum(returnReasons)).optional(),
  allow_undelivered: z.boolean().optional(),
});

/** Reads a YAML policy. What the file leaves out is as in the default policy. */
export function parsePolicyFile(text: string, fallbackWindowDays: number): PolicyFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return {
      kind: 'invalid',
      problems: broken.map(({ pos, message }) => `${at(lines, pos[0])}: ${message}`),
    };
  }
  const parsed = policyFileSchema.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      kind: 'invalid',
      problems: parsed.error.issues.flatMap((issue) => describe(issue, document, lines)),
    };
  }
  return { kind: 'ok', policy: completePolicy(parsed.data, fallbackWindowDays) };
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
  });
}

function describe(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): readonly string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) => `${at(lines, keyOffset(document, issue.path, key))}: unknown key ${[...path, key].join('.')}`,
    );
  }
  const name = path.length === 0 ? 'the policy' : path.join('.');
  return [`${at(lines, valueOffset(document, issue.path))}: ${name}: ${issue.message}`];
}

function valueOffset(document: Document, path: readonly PropertyKey[]): number {
  const node = nodeAt(document, path);
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function keyOffset(document: Document, path: readonly PropertyKey[], name: string): number {
  const map = nodeAt(document, path);
  const key = isMap(map)
    ? map.items
        .map((pair) => pair.key)
        .find((candidate) => isScalar(candidate) && String(candidate.value) === name)
    : undefined;
  return isScalar(key) ? (key.range?.[0] ?? 0) : 0;
}

function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

function at(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${line}, column ${col}`;
}
