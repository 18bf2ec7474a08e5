import { noMetrics } from '../policy-tool/no-metrics.ts';
import { Refusal } from '../policy-tool/refusal.ts';
import { endUnseen } from '../refunds/expire-approval.ts';
import type { ApprovalId } from '../returns/ids.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { changeLetter, lockLetter, withdrawJobs } from '../storage/dead-letters.ts';
import { loginName } from '../terminal/login-name.ts';
import { type Desk, findLetter, refuseEnded } from './desk.ts';
import { whatDroppingMeans } from './what-dropping-means.ts';

export async function dropLetter(
  desk: Desk,
  { seq, reason, yes }: { readonly seq: number; readonly reason: string; readonly yes: boolean },
): Promise<readonly string[]> {
  const found = await findLetter(desk, seq);
  refuseEnded(found);
  if (movesMoney.has(found.queue) && !yes) {
    const meaning = await whatDroppingMeans(desk.db, found);
    throw new Refusal(`Dead letter ${seq} is about money. ${meaning} Add --yes to drop it all the same.`);
  }
  const meant = await desk.db.transaction(async (tx) => {
    const letter = await lockLetter(tx, found.id);
    if (!letter) throw new Refusal(`There is no dead letter ${seq} any more.`);
    refuseEnded(letter);
    if ((await withdrawJobs(tx, letter)) === 'runs') {
      throw new Refusal(`Dead letter ${seq} is being tried this moment. Ask again in a minute.`);
    }
    const meaning = await whatDroppingMeans(tx, letter);
    if (letter.queue === 'announce-approval') {
      await endUnseen(tx, { jobs: desk.jobs, metrics: noMetrics() }, letter.subject as ApprovalId);
    }
    await changeLetter(tx, letter.id, 'dropped');
    await recordAudit(tx, {
      store: letter.store,
      actor: 'operator',
      action: 'dead-letter.dropped',
      subject: letter.subject,
      detail: { letter: seq, queue: letter.queue, by: loginName(), reason },
    });
    return meaning;
  });
  return [`Dead letter ${seq} was dropped. ${meant}`];
}

const movesMoney: ReadonlySet<string> = new Set([
  'execute-refund',
  'announce-approval',
  'end-return',
  'follow-return',
]);
