import type { ToolEffect } from '../agent/tool.ts';
import type { OrderView } from '../ports/tools.ts';

/** The one order a reply is about; none beside a quote, which names what matters of it. */
export function shownOrder(effects: readonly ToolEffect[]): OrderView | undefined {
  const shown = effects.flatMap((effect) => (effect.kind === 'showed' ? [effect.order] : []));
  if (shown.length < effects.length) return undefined;
  const isOne = new Set(shown.map(({ order_number }) => order_number)).size === 1;
  return isOne ? shown.at(-1) : undefined;
}
