import type { Attached, CustomerText, ModelRequest } from '../../ports/model.ts';

/** What a customer wrote, and in brackets how it came and what came with it. */
export function describeText({ text, spoken, attached = [] }: CustomerText): string {
  const notes = [...(spoken ? [heard] : []), ...attached.map(describeAttached)];
  return [text, ...notes].filter((line) => line !== '').join('\n');
}

const heard = '(from a voice note, written down by a program)';

function describeAttached(attached: Attached): string {
  switch (attached.kind) {
    case 'picture':
      return attached.jpegBase64 ? '(with a picture, which follows)' : '(with a picture that you do not see)';
    case 'unheard-voice':
      return '(with a voice note that nobody could write down)';
    case 'unreadable':
      return '(with a file that could not be opened)';
  }
}

/** Nothing is fetched from an address: a picture travels in its own text. */
export function pictureUrls({ attached = [] }: CustomerText): readonly string[] {
  return attached.flatMap((each) =>
    each.kind === 'picture' && each.jpegBase64 ? [`data:image/jpeg;base64,${each.jpegBase64}`] : [],
  );
}

/** The same request for a model that refuses pictures; undefined where there are none. */
export function withoutPictures(request: ModelRequest): ModelRequest | undefined {
  const { items } = request;
  if (!items.some((item) => item.kind === 'customer-text' && pictureUrls(item).length > 0)) return undefined;
  return {
    ...request,
    items: items.map((item) =>
      item.kind === 'customer-text' && item.attached
        ? { ...item, attached: item.attached.map(({ kind }) => ({ kind })) }
        : item,
    ),
  };
}
