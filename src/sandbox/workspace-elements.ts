import type { Fields } from './workspace-state.ts';

const interactive = new Set([
  'button',
  'checkboxes',
  'datepicker',
  'datetimepicker',
  'email_text_input',
  'multi_users_select',
  'number_input',
  'overflow',
  'plain_text_input',
  'radio_buttons',
  'static_select',
  'timepicker',
  'url_text_input',
  'users_select',
]);

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function textProblems(
  text: unknown,
  rule: { readonly max: number; readonly plain?: boolean },
  path: string,
): readonly string[] {
  if (!isFields(text) || typeof text.text !== 'string') return [`must be a text object [${path}]`];
  const allowed = rule.plain ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  return [
    ...(allowed.includes(String(text.type)) ? [] : [`unsupported type: ${String(text.type)} [${path}]`]),
    ...(text.text === '' ? [`must be more than 0 characters [${path}]`] : []),
    ...(text.text.length > rule.max ? [`must be less than ${rule.max + 1} characters [${path}]`] : []),
  ];
}

/** https://docs.slack.dev/reference/block-kit/block-elements */
export function elementProblems(element: unknown, path: string): readonly string[] {
  if (!isFields(element)) return [`must be an object [${path}]`];
  if (element.type === 'image') return upTo(element, 'alt_text', 2000, path);
  if (!interactive.has(String(element.type))) return [`unsupported type: ${String(element.type)} [${path}]`];
  const { options, confirm } = element;
  return [
    ...(typeof element.action_id === 'string' ? [] : [`missing action_id [${path}]`]),
    ...upTo(element, 'action_id', 255, path),
    ...(element.type === 'button' ? buttonProblems(element, path) : []),
    ...(confirm === undefined ? [] : confirmProblems(confirm, `${path}/confirm`)),
    ...(Array.isArray(options) ? optionProblems(options, element.type, `${path}/options`) : []),
    ...(Number(element.max_length ?? 0) > 3000 ? [`max_length above 3000 [${path}]`] : []),
  ];
}

function buttonProblems(button: Fields, path: string): readonly string[] {
  const style = button.style;
  return [
    ...textProblems(button.text, { max: 75, plain: true }, `${path}/text`),
    ...upTo(button, 'value', 2000, path),
    ...upTo(button, 'url', 3000, path),
    ...upTo(button, 'accessibility_label', 75, path),
    ...(style === undefined || style === 'primary' || style === 'danger' ? [] : [`bad style [${path}]`]),
  ];
}

function confirmProblems(confirm: unknown, path: string): readonly string[] {
  if (!isFields(confirm)) return [`must be an object [${path}]`];
  return [
    ...textProblems(confirm.title, { max: 100, plain: true }, `${path}/title`),
    ...textProblems(confirm.text, { max: 300 }, `${path}/text`),
    ...(['confirm', 'deny'] as const).flatMap((name) =>
      confirm[name] === undefined
        ? []
        : textProblems(confirm[name], { max: 30, plain: true }, `${path}/${name}`),
    ),
  ];
}

function optionProblems(options: readonly unknown[], type: unknown, path: string): readonly string[] {
  const max = type === 'overflow' ? 5 : type === 'static_select' ? 100 : 10;
  return [
    ...(options.length === 0 || options.length > max ? [`from 1 to ${max} options [${path}]`] : []),
    ...options.flatMap((option, index) =>
      textProblems(isFields(option) ? option.text : undefined, { max: 75 }, `${path}/${index}/text`),
    ),
  ];
}

function upTo(element: Fields, name: string, max: number, path: string): readonly string[] {
  const value = element[name];
  if (value === undefined || (typeof value === 'string' && value.length <= max)) return [];
  return [`${name} must be less than ${max + 1} characters [${path}]`];
}
