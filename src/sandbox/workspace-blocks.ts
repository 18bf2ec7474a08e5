import { elementProblems, isFields, textProblems } from './workspace-elements.ts';
import type { Fields } from './workspace-state.ts';
import { tableProblems } from './workspace-tables.ts';

export type BlockRefusal = {
  readonly error: 'invalid_blocks' | 'msg_blocks_too_long';
  readonly messages: readonly string[];
};

export type Surface = 'message' | 'modal' | 'home';

/** Slack refuses more than this over all blocks together (https://github.com/slackapi/bolt-js/issues/2509). */
const maxCharactersTogether = 13_200;
const maxBlocks = { message: 50, modal: 100, home: 100 };

/** Why Slack would not take these blocks: https://docs.slack.dev/reference/block-kit/blocks */
export function refuseBlocks(blocks: unknown, surface: Surface): BlockRefusal | undefined {
  if (!Array.isArray(blocks)) return { error: 'invalid_blocks', messages: ['blocks must be an array'] };
  const list: readonly unknown[] = blocks;
  const messages = [
    ...(list.length > maxBlocks[surface]
      ? [`no more than ${maxBlocks[surface]} items allowed [/blocks]`]
      : []),
    ...duplicates(list.map((block) => (isFields(block) ? block.block_id : undefined))).map(
      (id) => `block_id ${id} is used twice`,
    ),
    ...(list.filter((block) => isFields(block) && block.type === 'table').length > 1
      ? ['only one table allowed [/blocks]']
      : []),
    ...list.flatMap((block, index) => blockProblems(block, surface, `/blocks/${index}`)),
  ];
  if (messages.length > 0) return { error: 'invalid_blocks', messages };
  if (surface === 'message' && characters(blocks) > maxCharactersTogether) {
    return { error: 'msg_blocks_too_long', messages: [`more than ${maxCharactersTogether} characters`] };
  }
  return undefined;
}

function blockProblems(block: unknown, surface: Surface, path: string): readonly string[] {
  if (!isFields(block)) return [`must be an object [${path}]`];
  const id = block.block_id;
  const idProblem =
    id === undefined || (typeof id === 'string' && id.length <= 255) ? [] : [`bad block_id [${path}]`];
  return [...idProblem, ...contentProblems(block, surface, path)];
}

function contentProblems(block: Fields, surface: Surface, path: string): readonly string[] {
  switch (block.type) {
    case 'divider':
      return [];
    case 'header':
      return textProblems(block.text, { max: 150, plain: true }, `${path}/text`);
    case 'section':
      return sectionProblems(block, path);
    case 'context':
      return listProblems(block.elements, 10, `${path}/elements`, (each, at) =>
        isFields(each) && each.type === 'image'
          ? elementProblems(each, at)
          : textProblems(each, { max: 2000 }, at),
      );
    case 'actions':
      return listProblems(block.elements, 25, `${path}/elements`, elementProblems);
    case 'image':
      return typeof block.alt_text === 'string' && block.alt_text.length <= 2000
        ? []
        : [`bad alt_text [${path}]`];
    case 'input':
      return surface === 'message'
        ? [`input is for modals and home tabs [${path}]`]
        : [
            ...textProblems(block.label, { max: 2000, plain: true }, `${path}/label`),
            ...elementProblems(block.element, `${path}/element`),
          ];
    case 'table':
      return surface === 'message' ? tableProblems(block, path) : [`table is for messages [${path}]`];
    case 'markdown':
      return surface !== 'message'
        ? [`markdown is for messages [${path}]`]
        : typeof block.text === 'string' && block.text.length <= 12_000
          ? []
          : [`bad text [${path}]`];
    case 'rich_text':
      return Array.isArray(block.elements) ? [] : [`missing elements [${path}]`];
    default:
      return [`unsupported type: ${String(block.type)} [${path}]`];
  }
}

function sectionProblems(block: Fields, path: string): readonly string[] {
  const { text, fields, accessory } = block;
  return [
    ...(text === undefined && fields === undefined ? [`missing text or fields [${path}]`] : []),
    ...(text === undefined ? [] : textProblems(text, { max: 3000 }, `${path}/text`)),
    ...(fields === undefined
      ? []
      : listProblems(fields, 10, `${path}/fields`, (each, at) => textProblems(each, { max: 2000 }, at))),
    ...(accessory === undefined ? [] : elementProblems(accessory, `${path}/accessory`)),
  ];
}

function listProblems(
  list: unknown,
  max: number,
  path: string,
  check: (each: unknown, path: string) => readonly string[],
): readonly string[] {
  if (!Array.isArray(list) || list.length === 0) return [`must not be empty [${path}]`];
  const items: readonly unknown[] = list;
  const actionIds = items.map((each) => (isFields(each) ? each.action_id : undefined));
  return [
    ...(items.length > max ? [`no more than ${max} items allowed [${path}]`] : []),
    ...duplicates(actionIds).map((id) => `action_id ${id} is used twice [${path}]`),
    ...items.flatMap((each, index) => check(each, `${path}/${index}`)),
  ];
}

function duplicates(ids: readonly unknown[]): readonly string[] {
  const named = ids.filter((id) => typeof id === 'string');
  return named.filter((id, index) => named.indexOf(id) !== index);
}

function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each: unknown) => sum + characters(each), 0);
  if (!isFields(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === 'text' && typeof each === 'string' ? each.length : characters(each)),
    0,
  );
}
