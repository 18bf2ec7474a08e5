import { expect, test } from 'vitest';
import type { ApprovalId } from '../../src/returns/ids.ts';
import type { ApprovalRow } from '../../src/storage/approvals.ts';
import { chooseApproval, namePending } from '../../src/terminal/pending-approvals.ts';

const first = '01a209b9-1111-7000-8000-000000000001';
const sameMinute = '01a209b9-1122-7000-8000-000000000002';
const later = '01a20abc-0000-7000-8000-000000000003';

test('names an approval by its first eight characters', () => {
  expect(namesOf(first, later)).toEqual(['01a209b9', '01a20abc']);
});

test('names approvals of the same minute by as many characters as tell them apart', () => {
  expect(namesOf(first, sameMinute)).toEqual(['01a209b9-111', '01a209b9-112']);
});

test('takes the only one when none is named', () => {
  expect(choose('', first)).toEqual([first, '']);
});

test('takes what is typed for a reason when it is no id', () => {
  expect(choose('the chair was faded', first)).toEqual([first, 'the chair was faded']);
  expect(choose('30 days are over', first)).toEqual([first, '30 days are over']);
});

test('finds the one named, and keeps the rest as the reason', () => {
  expect(choose('01A20A  too late,  sorry', first, later)).toEqual([later, 'too late,  sorry']);
  expect(choose('01a209b91122', first, sameMinute)).toEqual([sameMinute, '']);
});

test.each([
  ['', [], 'No refund waits for approval.'],
  ['', [first, later], 'Several wait, so name one: 01a209b9, 01a20abc.'],
  ['too late', [first, later], 'Several wait, so name one: 01a209b9, 01a20abc.'],
  ['01a209b9', [first, sameMinute], '01a209b9 fits more than one: 01a209b9-111, 01a209b9-112.'],
  ['77aa77aa', [first], 'No refund waits for approval under 77aa77aa: there is 01a209b9.'],
])('does not guess at %j among %j', (words, ids, sentence) => {
  expect(choose(words, ...ids)).toBe(sentence);
});

function namesOf(...ids: readonly string[]) {
  return pendingOf(ids).map(({ name }) => name);
}

function choose(words: string, ...ids: readonly string[]) {
  const chosen = chooseApproval(pendingOf(ids), words);
  return chosen.kind === 'chosen' ? [chosen.pending.approval.id, chosen.rest] : chosen.sentence;
}

function pendingOf(ids: readonly string[]) {
  return namePending(ids.map((id) => ({ id: id as ApprovalId }) as ApprovalRow));
}
