import { type Document, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

export type NamedApprover = {
  readonly id: string;
  /** `approvals`, or the id of a rule. */
  readonly where: string;
  /** From 1, as the column. */
  readonly line: number;
  readonly column: number;
};

/** Of a file that was found to be a policy. */
export function locateApprovers(text: string): readonly NamedApprover[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const approversAt = (where: string, path: readonly (string | number)[]) =>
    itemsAt(document, [...path, 'approvers'])
      .filter((node) => isScalar(node))
      .map(({ value, range }) => {
        const { line, col } = lines.linePos(range?.[0] ?? 0);
        return { id: String(value), where, line, column: col };
      });
  return [
    ...itemsAt(document, ['approvals']).flatMap((_, tier) => approversAt('approvals', ['approvals', tier])),
    ...itemsAt(document, ['rules']).flatMap((_, rule) =>
      approversAt(String(document.getIn(['rules', rule, 'id'])), ['rules', rule, 'then', 'approval']),
    ),
  ];
}

function itemsAt(document: Document, path: readonly (string | number)[]): readonly unknown[] {
  const node = document.getIn(path, true);
  return isSeq(node) ? node.items : [];
}
