import type { FailureReason } from '../storage/dead-letters.ts';

/** What may be kept of an error: what it is called, its code, and where in our code it was thrown. */
export function failureReason(error: unknown): FailureReason {
  const causes = causesOf(error);
  const [first] = causes;
  if (!first) return { name: typeof error };
  const name = oneWord(first.name) ?? 'Error';
  const code = causes.map(codeOf).find((found) => found !== undefined);
  const place = causes.map(placeOf).find((found) => found !== undefined);
  return { name, ...(code !== undefined && { code }), ...(place !== undefined && { place }) };
}

/** As pg-boss kept it: what `failureReason` made of it, or its own words for a worker that fell silent. */
export function readFailureReason(output: object | null): FailureReason {
  if (!output || !('name' in output)) return { name: 'the worker died or took too long' };
  const { name, code, place } = output as Readonly<Record<string, unknown>>;
  return {
    name: oneWord(name) ?? 'Error',
    ...(typeof code === 'string' && { code }),
    ...(typeof place === 'string' && { place }),
  };
}

export function sayReason({ name, code, place }: FailureReason): string {
  return `${name}${code ? ` ${code}` : ''}${place ? ` at ${place}` : ''}`;
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  let current = error;
  while (current instanceof Error && causes.length < 5) {
    causes.push(current);
    current = current.cause;
  }
  return causes;
}

function codeOf(error: Error): string | undefined {
  return 'code' in error ? oneWord(error.code) : undefined;
}

/** A name or a code; anything that could be somebody's words or number is left out. */
function oneWord(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w.:-]{1,60}$/.test(value) && !/\d{7}/.test(value)
    ? value
    : undefined;
}

/** The first line of ours behind the message: a message may itself have lines that look like places. */
function placeOf({ stack = '', message }: Error): string | undefined {
  const start = stack.indexOf(message);
  const frames = stack.slice(start < 0 ? 0 : start + message.length).split('\n');
  return frames
    .map((line) => /^ {4}at .*\/(src\/[\w./-]+\.ts:\d+):\d+\)?$/.exec(line)?.[1])
    .find((place) => place !== undefined);
}
