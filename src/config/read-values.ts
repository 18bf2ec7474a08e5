import { type ConfigProblem, type Given, problemOf, type ValuesOf, type VariableTable } from './variable.ts';

export type ReadValues<Table> = {
  readonly problems: readonly ConfigProblem[];
  /** Complete only when there are no problems. */
  readonly values: ValuesOf<Table>;
};

export function readValues<Table extends VariableTable>(table: Table, given: Given): ReadValues<Table> {
  const problems: ConfigProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(table)) {
    const text = given[name] ?? variable.default;
    if (text === undefined) continue;
    const result = variable.format.safeParse(text);
    if (result.success) values[name] = result.data;
    else problems.push(problemOf(table, name, 'has a value that cannot be used'));
  }
  return { problems, values: values as ValuesOf<Table> };
}

/** `.env` files leave quotes and blanks behind; a blank variable is an unset one. */
export function readGiven(environment: Readonly<Record<string, string | undefined>>): Given {
  const given: Record<string, string> = {};
  for (const [name, raw] of Object.entries(environment)) {
    const value = unquote(raw?.trim() ?? '').trim();
    if (value !== '') given[name] = value;
  }
  return given;
}

function unquote(text: string): string {
  return /^"(.*)"$|^'(.*)'$/s.test(text) && text.length >= 2 ? text.slice(1, -1) : text;
}
