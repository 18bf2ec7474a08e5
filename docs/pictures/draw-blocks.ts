import type { AnyBlock, KnownBlock } from '@slack/web-api';
import { type Run, readMrkdwn, widthOf, wrap } from './rich-line.ts';

type Frame = { readonly title: string; readonly submit?: string | undefined } | undefined;
type Pen = { readonly shapes: string[]; y: number };

const width = 640;
const left = 24;
const inner = width - 2 * left;
const lineHeight = 21;
const ink = '#1d1c1d';
const pale = '#616061';

/** One message, modal or home as an SVG picture. Plain text and rectangles: it shows on any page. */
export function drawBlocks(name: string, blocks: readonly AnyBlock[], frame?: Frame): string {
  const pen: Pen = { shapes: [], y: 20 };
  drawTop(pen, frame);
  // Every block here was built by this program, and it builds none that the types do not know.
  for (const block of blocks) drawBlock(pen, block as KnownBlock);
  if (frame?.submit) drawButtons(pen, [{ label: frame.submit, style: 'primary' }]);
  const height = pen.y + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Lato, Helvetica, Arial, sans-serif" font-size="15">`,
    `<title>${escapeXml(name)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#fff" stroke="#ddd"/>`,
    ...pen.shapes,
    '</svg>\n',
  ].join('\n');
}

function drawTop(pen: Pen, frame: Frame): void {
  pen.y += 14;
  if (frame) drawLine(pen, [{ text: frame.title, bold: true }], { size: 18 });
  else {
    drawLine(pen, [{ text: 'Returns', bold: true }], {});
    pen.shapes.push(
      `<rect x="${left + 62}" y="${pen.y - 33}" width="32" height="15" rx="3" fill="#e8e8e8"/>`,
      `<text x="${left + 66}" y="${pen.y - 21}" font-size="10" fill="${pale}">APP</text>`,
    );
  }
  pen.y += 6;
}

function drawBlock(pen: Pen, block: KnownBlock): void {
  switch (block.type) {
    case 'header':
      pen.y += 8;
      drawLine(pen, [{ text: block.text.text, bold: true }], { size: 18 });
      break;
    case 'section':
      if (block.text) drawText(pen, block.text.text);
      if (block.fields)
        drawFields(
          pen,
          block.fields.map(({ text }) => text),
        );
      if (block.accessory?.type === 'button') drawButtons(pen, [labelOf(block.accessory)]);
      break;
    case 'context':
      for (const element of block.elements) if ('text' in element) drawText(pen, element.text, pale, 13);
      break;
    case 'actions':
      drawButtons(pen, block.elements.filter((each) => each.type === 'button').map(labelOf));
      break;
    case 'divider':
      pen.shapes.push(`<path d="M${left} ${pen.y - 8}h${inner}" stroke="#ddd"/>`);
      break;
    case 'input':
      drawLine(pen, [{ text: block.label.text, bold: true }], {});
      drawField(
        pen,
        block.element.type === 'plain_text_input' || block.element.type === 'number_input'
          ? block.element
          : {},
      );
      if (block.hint) drawText(pen, block.hint.text, pale, 13);
      break;
    case 'table':
      drawTable(pen, block.rows);
      break;
    case 'alert':
    case 'card':
    case 'carousel':
    case 'container':
    case 'context_actions':
    case 'data_table':
    case 'file':
    case 'image':
    case 'markdown':
    case 'plan':
    case 'rich_text':
    case 'task_card':
    case 'video':
      throw new Error(`There is no picture of a block of type ${block.type}`);
  }
  pen.y += 10;
}

type Label = { readonly label: string; readonly style: string | undefined };

function labelOf(button: { readonly text: { readonly text: string }; readonly style?: string }): Label {
  return { label: button.text.text, style: button.style };
}

function drawText(pen: Pen, text: string, fill = ink, size = 15): void {
  for (const line of readMrkdwn(text)) {
    for (const part of wrap(line, inner, size)) drawLine(pen, part, { fill, size });
  }
}

function drawLine(
  pen: Pen,
  runs: readonly Run[],
  look: { readonly fill?: string; readonly size?: number; readonly x?: number },
): void {
  const { fill = ink, size = 15, x = left } = look;
  const spans = runs.map(
    ({ text, bold, link }) =>
      `<tspan${bold ? ' font-weight="700"' : ''}${link ? ' fill="#1264a3"' : ''}>${escapeXml(text)}</tspan>`,
  );
  pen.shapes.push(
    `<text x="${x}" y="${pen.y}" font-size="${size}" fill="${fill}" xml:space="preserve">${spans.join('')}</text>`,
  );
  pen.y += lineHeight;
}

/** Two beside each other, as Slack sets them. */
function drawFields(pen: Pen, fields: readonly string[]): void {
  const column = inner / 2 - 10;
  for (let index = 0; index < fields.length; index += 2) {
    const top = pen.y;
    const ends = [fields[index], fields[index + 1]].map((field, side) => {
      pen.y = top;
      for (const line of readMrkdwn(field ?? '')) {
        for (const part of wrap(line, column, 15)) drawLine(pen, part, { x: left + side * (column + 20) });
      }
      return pen.y;
    });
    pen.y = Math.max(...ends) + 4;
  }
}

function drawButtons(pen: Pen, buttons: readonly Label[]): void {
  let x = left;
  for (const { label, style } of buttons) {
    const wide = Math.round(widthOf(label, 14, true)) + 26;
    if (x + wide > left + inner) {
      x = left;
      pen.y += 42;
    }
    const fill = style === 'primary' ? '#007a5a' : '#fff';
    const text = style === 'primary' ? '#fff' : style === 'danger' ? '#e01e5a' : ink;
    const edge = style === 'danger' ? '#e01e5a' : style === 'primary' ? '#007a5a' : '#bbb';
    pen.shapes.push(
      `<rect x="${x}" y="${pen.y - 14}" width="${wide}" height="34" rx="5" fill="${fill}" stroke="${edge}"/>`,
      `<text x="${x + wide / 2}" y="${pen.y + 8}" font-size="14" font-weight="700" fill="${text}" text-anchor="middle">${escapeXml(label)}</text>`,
    );
    x += wide + 10;
  }
  pen.y += 32;
}

function drawField(
  pen: Pen,
  element: {
    readonly multiline?: boolean;
    readonly initial_value?: string;
    readonly placeholder?: { readonly text: string };
  },
): void {
  const height = element.multiline ? 74 : 36;
  pen.shapes.push(
    `<rect x="${left}" y="${pen.y - 14}" width="${inner}" height="${height}" rx="5" fill="#fff" stroke="#999"/>`,
  );
  const text = element.initial_value ?? element.placeholder?.text;
  if (text) {
    const fill = element.initial_value ? ink : pale;
    pen.shapes.push(`<text x="${left + 12}" y="${pen.y + 9}" fill="${fill}">${escapeXml(text)}</text>`);
  }
  pen.y += height + 6;
}

function drawTable(pen: Pen, rows: readonly (readonly unknown[])[]): void {
  const columns = Math.max(...rows.map((row) => row.length));
  const share = (inner - (columns - 1) * 90) / inner;
  for (const [index, row] of rows.entries()) {
    const top = pen.y;
    for (const [column, cell] of row.entries()) {
      const x = column === 0 ? left : left + inner * share + (column - 1) * 90;
      pen.y = top;
      drawLine(pen, [{ text: textOf(cell), bold: index === 0 }], { x });
    }
    pen.shapes.push(`<path d="M${left} ${pen.y - 14}h${inner}" stroke="#eee"/>`);
  }
}

/** The words of a cell, whichever kind of text it holds. */
function textOf(cell: unknown): string {
  if (Array.isArray(cell)) return cell.map((each: unknown) => textOf(each)).join('');
  if (typeof cell !== 'object' || cell === null) return '';
  if ('text' in cell) return typeof cell.text === 'string' ? cell.text : textOf(cell.text);
  return 'elements' in cell ? textOf(cell.elements) : '';
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
