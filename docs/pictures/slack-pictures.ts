import type { ModalView } from '@slack/web-api';
import { buildAnswer } from '../../src/adapters/slack/answer-blocks.ts';
import { buildApprovalCard } from '../../src/adapters/slack/approval-card.ts';
import { buildArrivalView } from '../../src/adapters/slack/arrival-view.ts';
import { buildHomeView } from '../../src/adapters/slack/home-view.ts';
import { buildLowerAmountView } from '../../src/adapters/slack/lower-amount-view.ts';
import { buildReplyView } from '../../src/adapters/slack/reply-view.ts';
import { buildThreadRoot } from '../../src/adapters/slack/support-thread.ts';
import { drawBlocks } from './draw-blocks.ts';
import { card, handOff, home, order, target } from './samples.ts';

/** Every picture of docs/slack.md by its file's name, drawn from what the program would post. */
export function slackPictures(): Readonly<Record<string, string>> {
  return {
    'approval-card.svg': drawBlocks('A refund that waits for approval', buildApprovalCard(card).blocks),
    'approval-card-half.svg': drawBlocks(
      'One of two approvals given',
      buildApprovalCard({ ...card, votes: { by: ['Maya'], need: 2 } }).blocks,
    ),
    'approval-card-decided.svg': drawBlocks(
      'An approved refund',
      buildApprovalCard({
        ...card,
        outcome: { kind: 'approved', by: 'Noah', at: new Date('2026-11-23T10:12:00Z') },
      }).blocks,
    ),
    'lower-amount.svg': drawModal(buildLowerAmountView('', '$480.00 for order #1002')),
    ...pictureOfArrival(),
    'support-thread.svg': drawBlocks('A conversation handed to people', buildThreadRoot(handOff).blocks),
    'reply-to-customer.svg': drawModal(
      buildReplyView(target, 'Your new desk leaves our workshop on Monday.'),
    ),
    'order-answer.svg': drawBlocks(
      'An answer about an order',
      buildAnswer('Here is order #1002.', order).blocks,
    ),
    'app-home.svg': drawBlocks(
      'The Home tab',
      buildHomeView(home, { workspaceUrl: 'https://birch-and-loom.slack.com/' }).blocks,
    ),
  };
}

function pictureOfArrival(): Readonly<Record<string, string>> {
  const [first] = home.returns.newest;
  return first === undefined ? {} : { 'item-arrived.svg': drawModal(buildArrivalView(first, 'home')) };
}

function drawModal({ title, submit, blocks }: ModalView): string {
  return drawBlocks(title.text, blocks, { title: title.text, submit: submit?.text });
}
