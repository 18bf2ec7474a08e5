import type { ToolEffect } from '../agent/tool.ts';
import type { OrderView } from '../ports/tools.ts';

/** The order a reply is about; none beside a quote, which names what matters of it. */
export function shownOrder(effects: readonly ToolEffect[]): OrderView | undefined {
  if (effects.some((effect) => effect.kind !== 'showed')) return undefined;
  const last = effects.at(-1);
  return last?.kind === 'showed' ? last.order : undefined;
}
