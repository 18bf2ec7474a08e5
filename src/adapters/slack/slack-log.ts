/** As much of the program's log as this folder uses: fields first, then a constant sentence. */
export type SlackLog = {
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
};
