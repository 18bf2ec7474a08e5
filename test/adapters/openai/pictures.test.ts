import { afterEach, expect, test } from 'vitest';
import { createOpenAiModel } from '../../../src/adapters/openai/openai-model.ts';
import type { CustomerText } from '../../../src/ports/model.ts';
import { modelRequest } from '../../support/model-request.ts';
import {
  type ScriptedOpenAi,
  type ScriptedStep,
  startScriptedOpenAi,
} from '../../support/scripted-openai.ts';

let openAi: ScriptedOpenAi;
afterEach(async () => {
  await openAi.close();
  openAi.assertDone();
});

const broken: CustomerText = {
  kind: 'customer-text',
  text: 'it came like this',
  attached: [{ kind: 'picture', jpegBase64: 'QUJD' }, { kind: 'unreadable' }],
};

async function ask(api: 'responses' | 'chat', items: readonly CustomerText[], ...steps: ScriptedStep[]) {
  openAi = await startScriptedOpenAi(steps);
  const model = createOpenAiModel({ apiKey: 'sk-test', baseUrl: openAi.baseUrl, model: 'm', api });
  return model.respond(modelRequest({ items }));
}

const inWords = 'it came like this\n(with a picture, which follows)\n(with a file that could not be opened)';

test('a picture goes to the Responses API in the text it came with, small and as itself', async () => {
  await ask('responses', [broken], { text: 'I see.' });
  expect(openAi.requests[0]?.body.input.at(-1)).toEqual({
    type: 'message',
    role: 'user',
    content: [
      { type: 'input_text', text: inWords },
      { type: 'input_image', image_url: 'data:image/jpeg;base64,QUJD', detail: 'low' },
    ],
  });
});

test('a picture goes to Chat Completions with the words around it in one message', async () => {
  await ask('chat', [{ kind: 'customer-text', text: 'hi' }, broken], { text: 'I see.' });
  expect(openAi.requests[0]?.body.messages.at(-1)).toEqual({
    role: 'user',
    content: [
      { type: 'text', text: 'hi' },
      { type: 'text', text: inWords },
      { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,QUJD', detail: 'low' } },
    ],
  });
});

test.each(['responses', 'chat'] as const)(
  'a server over %s that refuses pictures is asked once more without, and told that there is one',
  async (api) => {
    const refusal = { status: 400, error: { message: 'image input is not supported' } };
    const { items } = await ask(api, [broken], refusal, { text: 'Which order?' });
    expect(items).toMatchObject([{ kind: 'agent-text', text: 'Which order?' }]);
    const again = JSON.stringify(openAi.requests[1]?.body);
    expect(again).toContain('(with a picture that you do not see)');
    expect(again).not.toContain('QUJD');
  },
);

test('words without a picture are not asked about twice', async () => {
  await expect(
    ask('responses', [{ kind: 'customer-text', text: 'hi', spoken: true }], {
      status: 400,
      error: { message: 'bad' },
    }),
  ).rejects.toMatchObject({ retryable: false });
  expect(openAi.requests[0]?.body.input.at(-1).content).toBe(
    'hi\n(from a voice note, written down by a program)',
  );
});
