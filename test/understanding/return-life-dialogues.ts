import type { Dialogue } from './dialogues.ts';

/** Omar's exchange of #1021 waits for the jacket; instructions and label are those of the policy. */
const policy = `
window_days: 30
return_instructions: Pack it well and put the note with the return number inside.
rules:
  - id: with-label
    then: { label: "https://labels.example.com/{order}/{return}" }
`;
const open = ['exchange the jacket from 1021 for L', 'yes'];
const status = /Return #\d+-R1 .*Pack it well/s;
const cancelled = /return .*#\d+ .*cancel/i;

type Row = readonly [readonly string[], RegExp, (readonly string[])?];

const told: readonly string[] = ['return_status'];
const groups: Readonly<Record<string, readonly Row[]>> = {
  'a return on its way': [
    ...[
      'how do I send it back?',
      'where do i send it',
      'label?',
      'I never got a label',
      'whats the return adress, i mean address',
      'what do I do now?',
      'how long do i have to send it back',
      'I sent it yesterday, here is the tracking number 1Z999AA10123456784',
      'dropped it off at ups this morning',
      'i already shipped it back',
      'did you get it yet?',
      'where is my refund?',
    ].map((text): Row => [[...open, text], status, told]),
  ],
  'a return that is taken back': [
    ...[
      'cancel my return',
      "never mind, I'll keep it",
      'i changed my mind, ill keep the jacket',
      "I don't want to return it anymore",
      'please cancel the exchange',
      'forget the return pls',
    ].map((text): Row => [[...open, text], cancelled, ['cancel_return']]),
    [[...open, 'no'], /./, []],
    [[...open, 'thanks!'], /welcome/, []],
    [['exchange the jacket from 1021 for L', 'never mind'], /left order/, []],
    [['I want to cancel my return for order 1021'], /./, ['cancel_return']],
    [['Please cancel my return'], /^All right/, []],
    [[...open, 'also return the beanie from 1021 please'], /^I can refund \$22\.00/],
  ],
};

export const returnLifeDialogues: readonly Dialogue[] = Object.entries(groups).flatMap(([kind, rows]) =>
  rows.map(([says, last, calls]) => {
    return { kind, who: 'omar' as const, says, refunds: [], last, policy, ...(calls && { calls }) };
  }),
);
