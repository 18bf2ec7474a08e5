import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openToolWorld, type ToolWorld } from '../policy-tool/tool-world.ts';
import { jane, maya } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: ToolWorld;
const policyFile = (text: string) => world.file(text, 'policy-file.yaml');
beforeEach(async () => {
  world = await openToolWorld((config, file) => ({
    ...config,
    returns: { ...config.returns, policyFile: file('window_days: 30', 'policy-file.yaml') },
  }));
});
afterEach(() => world.close());

const inForce = () => world.app.context.refunds.policies.current();
const publish = async (text: string): Promise<void> => {
  const before = inForce().version;
  const { code, errors } = await world.run('publish', world.file(text), '--author', 'ada');
  expect([code, errors]).toEqual([0, '']);
  await waitFor('the published policy to be in force', () => inForce().version !== before);
};
const half = 'restocking_fee_percent: 50';

describe('a policy published while people are talking', () => {
  test('leaves what was quoted as it was, and judges the next question', async () => {
    const [quote] = await world.say(jane, 'I want to return the blue shirt from order 1001');
    expect(quote).toContain('$48.00');
    await publish(half);
    const answers = await world.say(jane, 'yes');
    expect(answers.at(-1)).toContain('$48.00');
    expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);

    const [next] = await world.say(jane, 'I want to return the socks from order 1001');
    expect(next).toContain('$6.00');
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }, { amount: 600 }]);
  });

  test('leaves an approval that waits valid, also after a restart', async () => {
    await world.say(jane, 'I want to return the walnut desk from order 1002');
    await world.say(jane, 'yes');
    const card = await world.card('#1002');
    await publish(half);
    await world.restart();
    expect(inForce().restockingFeePercent).toBe(50);
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 42_000 }]);
    expect(world.sandbox.workspace.cards()).toHaveLength(1);
  });

  test('is pointed out at the next start, since POLICY_FILE names another', async () => {
    await publish(half);
    await world.restart();
    expect(world.logLines.join('')).toContain('The policy in force is not the one of POLICY_FILE');
  });
});

describe('POLICY_FILE changed on disk', () => {
  test('is taken up without a restart, and recorded', async () => {
    policyFile('window_days: 90');
    await waitFor('the file to be in force', () => inForce().windowDays === 90);
    expect((await world.run('history')).output).toContain('window_days: 30 -> 90');
    const [answer] = await world.say(jane, 'I want to return the vase from order 1003');
    expect(answer).toContain('$54.00');
  });

  test('keeps the last good policy while it cannot be used, and says once where it is wrong', async () => {
    policyFile('window_days: 80');
    await waitFor('the file to be in force', () => inForce().windowDays === 80);
    policyFile('window_days: 80\nrules:\n  - id: a\n    then: { deny: 3 }\n');
    const line = await waitFor('the mistake to be logged', () =>
      world.logLines.find((one) => one.includes('POLICY_FILE cannot be used')),
    );
    expect(JSON.parse(line)).toMatchObject({
      level: 'error',
      line: 4,
      column: 19,
      rule: 'rules.0.then.deny',
    });
    expect(inForce().windowDays).toBe(80);
    const [answer] = await world.say(jane, 'I want to return the vase from order 1003');
    expect(answer).toContain('$54.00');

    policyFile('window_days: 81');
    await waitFor('the mended file to be in force', () => inForce().windowDays === 81);
    const said = world.logLines.filter((one) => one.includes('POLICY_FILE cannot be used'));
    expect(said).toHaveLength(1);
  });

  test('keeps the last good policy while the database is away', async () => {
    await world.databaseGate.shut();
    policyFile('window_days: 90');
    await waitFor('the outage to be noticed', () =>
      world.logLines.find((one) => one.includes('The policies cannot be read')),
    );
    expect(inForce().windowDays).toBe(30);
    await world.databaseGate.open();
    await waitFor('the file to be in force', () => inForce().windowDays === 90);
  });
});
