import { isFields } from './workspace-elements.ts';
import type { Fields } from './workspace-state.ts';

const maxRows = 100;
const maxCells = 20;
const cellTypes = new Set(['raw_number', 'raw_text', 'rich_text']);

/** https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function tableProblems(block: Fields, path: string): readonly string[] {
  const { rows, column_settings: columns } = block;
  if (!Array.isArray(rows) || rows.length === 0) return [`missing rows [${path}/rows]`];
  const list: readonly unknown[] = rows;
  return [
    ...(list.length > maxRows ? [`no more than ${maxRows} items allowed [${path}/rows]`] : []),
    ...(columns === undefined || (Array.isArray(columns) && columns.length <= maxCells)
      ? []
      : [`bad column_settings [${path}]`]),
    ...list.flatMap((row, index) => rowProblems(row, `${path}/rows/${index}`)),
  ];
}

function rowProblems(row: unknown, path: string): readonly string[] {
  if (!Array.isArray(row) || row.length === 0) return [`must be a list of cells [${path}]`];
  const cells: readonly unknown[] = row;
  return [
    ...(cells.length > maxCells ? [`no more than ${maxCells} items allowed [${path}]`] : []),
    ...cells.flatMap((cell, index) => cellProblems(cell, `${path}/${index}`)),
  ];
}

function cellProblems(cell: unknown, path: string): readonly string[] {
  if (!isFields(cell) || !cellTypes.has(String(cell.type))) return [`unsupported cell [${path}]`];
  if (cell.type === 'rich_text') return Array.isArray(cell.elements) ? [] : [`missing elements [${path}]`];
  if (cell.type === 'raw_number') return typeof cell.value === 'number' ? [] : [`missing value [${path}]`];
  return typeof cell.text === 'string' && cell.text !== '' ? [] : [`missing text [${path}]`];
}
