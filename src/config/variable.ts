import type { Format } from './formats.ts';

/** One environment variable: the messages, `.env.example` and the README are all made from this. */
export type Variable<T = unknown> = {
  readonly meaning: string;
  /** What a right value looks like; also the hint in an error message. */
  readonly expected: string;
  readonly whereToGet: string;
  readonly format: Format<T>;
  /** Read when the variable is unset. */
  readonly default?: string;
  /** In words, where being unset means something that is not a value. */
  readonly whenUnset?: string;
  readonly isSecret?: boolean;
};

export type VariableTable = Readonly<Record<string, Variable>>;

/** What was set, trimmed and unquoted; variables that are unset or blank are absent. */
export type Given = Readonly<Record<string, string | undefined>>;

type ValueOf<V> = V extends { readonly format: Format<infer T> }
  ? V extends { readonly default: string }
    ? T
    : T | undefined
  : never;

export type ValuesOf<Table> = { readonly [Name in keyof Table]: ValueOf<Table[Name]> };

export type ConfigProblem = {
  readonly variable: string;
  readonly problem: string;
  readonly expected: string;
  readonly whereToGet: string;
};

export function listGiven(table: VariableTable, given: Given): readonly string[] {
  return Object.keys(table).filter((name) => given[name] !== undefined);
}

/** The problem of a variable of this table, with its hints. */
export function problemOf<Table extends VariableTable>(
  table: Table,
  variable: keyof Table & string,
  problem: string,
): ConfigProblem {
  const { expected = '', whereToGet = '' } = table[variable] ?? {};
  return { variable, problem, expected, whereToGet };
}
