import type { ToolContext } from './tool.ts';

/** The address a model means: it passes on what stands for it. */
export function typedEmail({ typed }: Pick<ToolContext, 'typed'>, argument: string): string {
  const [, number] = /^\W*e-?mail\s*(\d+)\W*$/i.exec(argument) ?? [];
  return (number !== undefined && typed?.get(`[e-mail ${number}]`)) || argument;
}
