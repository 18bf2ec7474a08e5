import { type Books, complain } from './books.ts';

/** One card per approval, one decision, its record, and nothing left to do. */
export function compareStaff(books: Books): readonly string[] {
  const { approvals, audit, jobs, staffNotes, votes } = books;
  return [
    ...jobs.flatMap(({ name, state }) => complain(true, `A job of ${name} is left ${state}.`)),
    ...staffNotes.flatMap(({ sentAt, text }) => complain(sentAt === null, `Staff were never told: ${text}`)),
    ...approvals.flatMap((row) => [
      ...complain(row.state === 'pending', `Approval ${row.id} still waits.`),
      ...complain(
        row.state === 'approved' &&
          row.decidedBy !== null &&
          !audit.some(({ action, subject }) => action === 'approval.approved' && subject === row.id) &&
          votes.filter(({ approvalId }) => approvalId === row.id).length < row.required,
        `Approval ${row.id} was approved, and no record says by whom.`,
      ),
    ]),
    ...['approval.approved', 'approval.denied', 'approval.expired'].flatMap((action) =>
      [
        ...Map.groupBy(
          audit.filter((row) => row.action === action),
          ({ subject }) => subject,
        ),
      ].flatMap(([subject, rows]) =>
        complain(rows.length > 1, `${subject} has ${rows.length} records of ${action}.`),
      ),
    ),
    ...compareCards(books),
  ];
}

function compareCards({ approvals, providers, world }: Books): readonly string[] {
  const cards = providers
    .posts()
    .filter(({ metadata }) => metadata?.event_type === 'return_approval')
    .map(({ metadata, blocks }) => ({
      id: (metadata?.event_payload as { readonly approval_id: string } | undefined)?.approval_id,
      hasButtons: JSON.stringify(blocks).includes('approve_refund'),
    }));
  const extra = cards.length - new Set(cards.map(({ id }) => id)).size;
  return [
    ...complain(extra > world.latePosts(), `${extra} cards were posted twice.`),
    ...approvals.flatMap(({ id, card, state }) => {
      const own = cards.filter((each) => each.id === id);
      return [
        ...complain(card !== null && own.length === 0, `The card of approval ${id} is not in Slack.`),
        ...complain(
          card !== null && own.every(({ hasButtons }) => hasButtons) && state !== 'pending',
          `The card of approval ${id} still has its buttons.`,
        ),
      ];
    }),
  ];
}
