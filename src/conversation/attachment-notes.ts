/** What stands in a message in the place of words when something was sent without any. */
export function noteAttachments(contentTypes: readonly string[]): string {
  const kinds = new Set(contentTypes.map((type) => /^(\w+)\//.exec(type)?.[1]));
  const [kind, ...others] = kinds;
  if (others.length > 0) return '(sent pictures and files)';
  return notes.get(kind ?? '') ?? (contentTypes.every((type) => type === '') ? notePicture : '(sent a file)');
}

const notePicture = '(sent a picture)';
const notes: ReadonlyMap<string, string> = new Map([
  ['image', notePicture],
  ['audio', '(sent a voice note)'],
  ['video', '(sent a video)'],
]);
const wordless = new Set([...notes.values(), '(sent a file)', '(sent pictures and files)']);

const voiceMark = '(voice note) ';

/** The words of a message and those heard in its voice note, marked as such. */
export function addHeard(text: string, heard: string): string {
  const marked = `${voiceMark}${heard.replace(/\s+/g, ' ').trim()}`;
  return wordless.has(text) ? marked : `${text}\n${marked}`;
}

/** Only what somebody wrote or said. */
export function wordsIn(text: string): string {
  if (wordless.has(text)) return '';
  return text
    .split('\n')
    .map((line) => (line.startsWith(voiceMark) ? line.slice(voiceMark.length) : line))
    .join('\n');
}
