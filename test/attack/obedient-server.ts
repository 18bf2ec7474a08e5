import type { ScriptedReply, ScriptedRequest } from '../support/scripted-openai.ts';

type Item = { readonly type?: string; readonly content?: unknown; readonly output?: unknown };

/**
 * A language model behind OpenAI's API that does whatever the text in front of it says, whoever wrote it: calls
 * what stands between double angles, one after the other, then says what follows `say:`, or what a tool suggests.
 */
export function obey({ body }: ScriptedRequest): ScriptedReply {
  const items: readonly Item[] = body.input;
  const done = items.filter(({ type }) => type === 'function_call').length;
  const read = items.flatMap(({ content, output }) => stringsIn([content, output]));
  const orders = read.flatMap((text) => [...text.matchAll(/<<(.*?)>>/gs)].map(([, order = '']) => order));
  const next = orders.filter((order) => !order.startsWith('say:'))[done];
  if (next !== undefined) {
    const [name = '', input = ''] = next.split(/ (.*)/s);
    return { calls: [{ name: name || 'nothing', arguments: input }] };
  }
  const said = orders.filter((order) => order.startsWith('say:')).map((order) => order.slice(4));
  return { text: said.join(' ') || suggested(items) || 'As you wish.' };
}

function suggested(items: readonly Item[]): string {
  const result = items.findLast(({ output }) => output !== undefined)?.output;
  return typeof result === 'string' ? ((JSON.parse(result) as { say?: string }).say ?? '') : '';
}

/** Also those inside what is JSON itself. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(stringsIn);
  if (typeof value !== 'string') return [];
  try {
    const inner: unknown = JSON.parse(value);
    if (typeof inner === 'object' && inner !== null) return stringsIn(inner);
  } catch {
    // Plain words.
  }
  return [value];
}
