import type { NotFound } from '../../ports/tools.ts';
import type { ToolWords } from '../words.ts';

type Refused =
  | { readonly kind: 'denied' | 'needs-person'; readonly rule: string; readonly say: string }
  | { readonly kind: 'not-found' };

type Refusal =
  | NotFound
  | { readonly status: 'denied' | 'needs_person'; readonly rule: string; readonly say: string };

/** Why nothing was quoted, as a tool answers it. */
export function viewRefusal(refused: Refused, words: ToolWords, orderNumber: string): Refusal {
  switch (refused.kind) {
    case 'denied':
      return { status: 'denied', rule: refused.rule, say: refused.say };
    case 'needs-person':
      return { status: 'needs_person', rule: refused.rule, say: refused.say };
    case 'not-found':
      return words.notFound(orderNumber);
  }
}

/** Nobody could say yes to it, so nobody is asked to agree to it. */
export function viewNobodyMayApprove(words: ToolWords): Refusal {
  return { status: 'needs_person', rule: 'approval-not-set-up', say: words.nobodyMayApprove };
}
