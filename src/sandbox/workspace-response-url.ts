import { json, type StandInAnswer } from './server.ts';
import { refuseBlocks } from './workspace-blocks.ts';
import { refused } from './workspace-methods.ts';
import { botUserId } from './workspace-people.ts';
import {
  type Fields,
  fillBlockIds,
  nextTs,
  type ResponseHook,
  type SlackMessage,
  type WorkspaceOptions,
} from './workspace-state.ts';

const livesMs = 30 * 60 * 1000;
const maxUses = 5;

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export function answerResponseUrl(id: string, body: Fields, options: WorkspaceOptions): StandInAnswer {
  const { state } = options.file;
  const hook = state.hooks.find((each) => each.id === id);
  if (!hook || options.now().getTime() - hook.at > livesMs) return json(404, refused('expired_url'));
  if (hook.uses >= maxUses) return json(404, refused('used_url'));
  const wrong = refuseBlocks(body.blocks ?? [], 'message');
  if (wrong) return json(400, refused(wrong.error, wrong.messages));
  hook.uses += 1;
  apply(hook, body, options);
  options.file.save();
  return json(200, { ok: true });
}

/** What a command is answered with at once: text, or JSON as a response address takes it. */
export function showAnswer(
  to: { readonly user: string; readonly channel: string },
  body: string,
  options: WorkspaceOptions,
): void {
  const answer = body.startsWith('{') ? (JSON.parse(body) as Fields) : { text: body };
  if (typeof answer.text !== 'string' || answer.text === '') return;
  apply({ ...to, id: '', ts: '', at: 0, uses: 0 }, answer, options);
  options.file.save();
}

function apply(hook: ResponseHook, body: Fields, options: WorkspaceOptions): void {
  const { state } = options.file;
  const isTarget = (each: SlackMessage) => each.channel === hook.channel && each.ts === hook.ts;
  if (body.delete_original === true) {
    state.messages = state.messages.filter((each) => !isTarget(each));
    state.ephemerals = state.ephemerals.filter((each) => !isTarget(each));
    return;
  }
  const text = typeof body.text === 'string' ? body.text : '';
  const blocks = fillBlockIds((body.blocks ?? []) as readonly Fields[], state);
  const original = state.messages.find(isTarget) ?? state.ephemerals.find(isTarget);
  if (body.replace_original === true && original) {
    original.text = text;
    original.blocks = blocks;
    original.editedTs = nextTs(state, options.now());
    return;
  }
  const message = { channel: hook.channel, ts: nextTs(state, options.now()), user: botUserId, text, blocks };
  if (body.response_type === 'in_channel') state.messages.push(message);
  else state.ephemerals.push({ ...message, ephemeralFor: hook.user });
}
