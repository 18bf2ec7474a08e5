import type { ConfigProblem } from './variable.ts';

/** One message for everything that is wrong. Holds names and hints, never a value. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  const things = problems.length === 1 ? 'one thing' : `${problems.length} things`;
  const blocks = problems.map(
    ({ variable, problem, expected, whereToGet }) =>
      `  ${variable} ${problem}.\n    expected:     ${expected}\n    where to get: ${whereToGet}`,
  );
  return [
    `The configuration cannot be used; ${things} to put right:`,
    ...blocks,
    'Set them in the environment or in .env (.env.example lists every variable). To try the program without ' +
      'any account, unset every SHOPIFY_, TWILIO_ and SLACK_ variable: it then starts in its sandbox.',
  ].join('\n\n');
}
