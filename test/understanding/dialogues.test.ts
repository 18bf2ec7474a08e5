import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Played, playDialogues } from './dialogue-world.ts';
import { type Dialogue, dialogues } from './dialogues.ts';

const groups = Object.entries(Object.groupBy(dialogues, ({ kind }) => kind));
/** 306 characters of GSM-7 make two segments; the words of the carriers would end the conversation. */
const plainTwoSegments = /^(?!.*\b(?:STOP|CANCEL|END|QUIT)\b)[ -~\u20ac\u00a5\n]{1,306}$/s;
const finished = new Map<string, number>();

describe.each(groups)('%s', (kind, group = []) => {
  let played: readonly Played[];
  beforeAll(async () => {
    played = await playDialogues(group, group[0]?.policy);
  });

  it.each(group.map((dialogue, index) => [dialogue.says.join(' | '), dialogue, index] as const))(
    '%s',
    (_title, dialogue, index) => {
      const end = played[index];
      expect(end?.refunds, spell(dialogue, end)).toEqual(dialogue.refunds);
      expect(end?.replies.flat().at(-1) ?? '', spell(dialogue, end)).toMatch(dialogue.last ?? /(?:)/);
      if (dialogue.calls) expect(end?.calls, spell(dialogue, end)).toEqual(dialogue.calls);
      for (const reply of end?.replies.flat() ?? []) expect(reply).toMatch(plainTwoSegments);
      finished.set(kind, (finished.get(kind) ?? 0) + 1);
    },
  );
});

afterAll(() => {
  const lines = groups.map(([kind, group = []]) => `${finished.get(kind) ?? 0} / ${group.length}  ${kind}`);
  const total = [...finished.values()].reduce((sum, count) => sum + count, 0);
  process.stdout.write(`\n${lines.join('\n')}\n${total} / ${dialogues.length}  dialogues finished\n`);
});

function spell({ says }: Dialogue, end: Played | undefined): string {
  return says.map((text, index) => `\n> ${text}\n${end?.replies[index]?.join('\n') ?? ''}`).join('');
}
