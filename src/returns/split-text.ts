/** What follows the limit tells whether a sentence or a grapheme ends there. */
const lookAhead = 256;

/**
 * Parts of at most `limit` UTF-16 units, cut at sentence ends, else between words, else between
 * graphemes. Joined they are the text again, apart from white space at the cuts. Blank text has no parts.
 */
export function splitText(text: string, limit = 1600): readonly string[] {
  if (limit < 2) throw new RangeError('A part needs room for a surrogate pair');
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const cut = lastSentenceEnd(rest, limit) ?? lastWordEnd(rest, limit) ?? lastGraphemeEnd(rest, limit);
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function lastSentenceEnd(text: string, limit: number): number | undefined {
  let end: number | undefined;
  for (const { index, segment } of sentences.segment(text.slice(0, limit + lookAhead))) {
    const segmentEnd = index + segment.trimEnd().length;
    if (segmentEnd > limit) break;
    if (segmentEnd > 0) end = segmentEnd;
  }
  return end;
}

function lastWordEnd(text: string, limit: number): number | undefined {
  for (let end = limit; end > 0; end--) {
    if (/\s/.test(text.charAt(end)) && !/\s/.test(text.charAt(end - 1))) return end;
  }
  return undefined;
}

function lastGraphemeEnd(text: string, limit: number): number {
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + lookAhead))) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  // One letter with more marks than fit: keep at least its surrogate pairs whole.
  return text.slice(0, limit).isWellFormed() ? limit : limit - 1;
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
