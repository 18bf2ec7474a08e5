import type { CircuitChange } from '../circuit.ts';
import type { ExternalService } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Db } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';

type Watch = {
  readonly db: Db;
  readonly jobs: JobQueue;
  readonly store: string;
  readonly log: Log;
  readonly metrics: Metrics;
};

/** An outage ends by itself and is for the metrics; what only a person can end is told to people, once a day. */
export function watchCircuits({ db, jobs, store, log, metrics }: Watch): (change: CircuitChange) => void {
  return ({ service, why, isOpen, code }) => {
    metrics.circuit(service, why, isOpen);
    if (!isOpen) return log.info('A provider is asked again', { service });
    if (why === 'outage') return log.warn('A provider is left alone for a while', { service });
    log.error('A provider refuses our credentials or our account', { service, code });
    const text = `${names[service]} refuses this program (${code ?? 'no code'}): a key or token is wrong or has expired, or the account is closed or unpaid. Nothing is lost: what needs it waits and goes on by itself once that is put right.`;
    db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store, text }, '1 day')).catch((error: unknown) =>
      log.error('Staff could not be told of refused credentials', { service, error }),
    );
  };
}

const names: Readonly<Record<ExternalService, string>> = {
  shopify: 'Shopify',
  openai: 'The language model',
  twilio: 'Twilio',
  slack: 'Slack',
};
