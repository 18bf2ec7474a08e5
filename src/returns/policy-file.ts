import { type Document, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { ApprovalTier } from './approval-tier.ts';
import { defaultPolicy, type Policy, versionPolicy } from './policy.ts';
import { type PolicyFileData, policyFileSchema } from './policy-schema.ts';
import { findContradictions } from './rule-contradictions.ts';

export type PolicyFile =
  | { readonly kind: 'ok'; readonly policy: Policy }
  /** A sentence each, with line and column: `line 3, column 1: unknown key windw_days`. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

type Problem = { readonly offset: number; readonly text: string };

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
  const policy = completePolicy(parsed.data, fallbackWindowDays);
  const contradictions = findContradictions(parsed.data.rules ?? [], policy).map(({ path, message }) => ({
    offset: valueOffset(document, path),
    text: `${path.join('.')}: ${message}`,
  }));
  return contradictions.length > 0
    ? { kind: 'invalid', problems: locate(contradictions, text) }
    : { kind: 'ok', policy };
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

function completePolicy(file: PolicyFileData, fallbackWindowDays: number): Policy {
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
    offers: file.offers ?? base.offers,
    ...(file.return_instructions && { returnInstructions: file.return_instructions }),
    closeReturnsAfterDays: file.close_returns_after_days ?? base.closeReturnsAfterDays,
    cancelBeforeShipping: file.cancel_before_shipping ?? base.cancelBeforeShipping,
    ...(file.approvals && { approvalTiers: file.approvals.map(completeTier) }),
    ...(file.rules && { rules: file.rules }),
  });
}

function completeTier({
  above,
  approvers,
  people = 1,
}: NonNullable<PolicyFileData['approvals']>[number]): ApprovalTier {
  return { above, ...(approvers && { approvers }), people };
}

function describe(issue: z.core.$ZodIssue, document: Document): readonly Problem[] {
  const path = issue.path.map(String);
  if (issue.code === 'invalid_union') {
    const meant = meantIssues(issue.errors);
    if (meant)
      return meant.flatMap((one) => describe({ ...one, path: [...issue.path, ...one.path] }, document));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      offset: keyOffset(document, issue.path, key),
      text: `unknown key ${[...path, key].join('.')}`,
    }));
  }
  const name = path.length === 0 ? 'the policy' : path.join('.');
  return [{ offset: valueOffset(document, issue.path), text: `${name}: ${issue.message}` }];
}

/** Of the forms a value may have, the one that fits its outside says what is wrong inside. */
function meantIssues(
  forms: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  return forms.find((issues) =>
    issues.every(({ code, path }) => path.length > 0 || !['invalid_type', 'invalid_union'].includes(code)),
  );
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
