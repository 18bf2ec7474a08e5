/** A run of characters that look alike. */
export type Run = { readonly text: string; readonly bold?: boolean; readonly link?: boolean };

/** Slack's mrkdwn, as far as this program writes it: bold, links, mentions and dates. */
export function readMrkdwn(text: string): readonly (readonly Run[])[] {
  return text.split('\n').map((line) => readLine(line));
}

const marks =
  /\*(?<bold>[^*\n]+)\*|<!date\^\d+\^[^|>]*\|(?<date>[^>]*)>|<(?<url>[^|>]+)(?:\|(?<label>[^>]*))?>/g;

function readLine(line: string): readonly Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of line.matchAll(marks)) {
    const { bold, date, url, label } = match.groups ?? {};
    if (match.index > at) runs.push({ text: plain(line.slice(at, match.index)) });
    if (bold !== undefined) runs.push(...readLine(bold).map((run) => ({ ...run, bold: true })));
    else if (date !== undefined) runs.push({ text: plain(date) });
    else if (url !== undefined) runs.push({ text: plain(label ?? nameOf(url)), link: true });
    at = match.index + match[0].length;
  }
  if (at < line.length) runs.push({ text: plain(line.slice(at)) });
  return runs;
}

/** Whoever is mentioned in the samples. */
function nameOf(target: string): string {
  return target.startsWith('@') ? '@Iris' : target;
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Broken between words so that no line is wider; a word longer than a line stays whole. */
export function wrap(line: readonly Run[], width: number, size: number): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]];
  let used = 0;
  for (const run of line) {
    for (const word of run.text.split(/(?<= )/)) {
      const wide = widthOf(word.trimEnd(), size, run.bold);
      if (used > 0 && used + wide > width) {
        lines.push([]);
        used = 0;
      }
      append(lines, run, word);
      used += widthOf(word, size, run.bold);
    }
  }
  return lines;
}

/** Words that look alike stay one run. */
function append(lines: readonly Run[][], run: Run, word: string): void {
  const line = lines.at(-1);
  const last = line?.at(-1);
  if (line && last && last.bold === run.bold && last.link === run.link) {
    line[line.length - 1] = { ...last, text: last.text + word };
  } else line?.push({ ...run, text: word });
}

/** Close enough for a sans-serif face: what matters is that nothing runs out of its frame. */
export function widthOf(text: string, size: number, bold = false): number {
  let units = 0;
  for (const character of text) {
    if (/[ilj.,:;'|!]/.test(character)) units += 0.27;
    else if (/[ frtI()[\]/-]/.test(character)) units += 0.34;
    else if (/[mwMW@]/.test(character)) units += 0.86;
    else if (/[A-Z#$&%…→]/.test(character)) units += 0.68;
    else units += 0.555;
  }
  return units * size * (bold ? 1.06 : 1);
}
