import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCustomers } from '../../src/sandbox/demo-store-customers.ts';
import { openToolWorld, type ToolWorld } from './tool-world.ts';

let world: ToolWorld;
beforeAll(async () => {
  world = await openToolWorld(undefined, { worker: false });
});
afterAll(() => world.close());

const check = (text: string) => world.run('check', world.file(text));

describe('check', () => {
  test('says the policy in words when it is right', async () => {
    const { code, output } = await check('window_days: 45');
    expect(code).toBe(0);
    expect(output).toMatch(/^ok: .*policy\.yaml is policy [0-9a-f]{12}/);
    expect(output).toContain('within 45 days');
  });

  test('names every problem with its line and column', async () => {
    const { code, errors } = await check('window_days: soon\nwindw_days: 3\n');
    expect(code).toBe(1);
    expect(errors).toContain('line 1, column 14: window_days');
    expect(errors).toContain('line 2, column 1: unknown key windw_days');
  });

  test('says so when there is no such file', async () => {
    expect(await world.run('check', '/nowhere/policy.yaml')).toMatchObject({
      code: 1,
      errors: 'There is no readable file /nowhere/policy.yaml.\n',
    });
  });

  test('asks Slack about the approvers, and names the line and the rule of those it does not know', async () => {
    const managers = world.sandbox.credentials.slack.approvers[0];
    const rules = (group: string | undefined) => `approvals:
  - { above: 500, approvers: [UNOBODY01] }
rules:
  - id: furniture
    when: { product_type: Furniture }
    then:
      approval:
        people: 1
        approvers:
          - UMAYA0001
          - ${group}
`;
    const { code, errors } = await check(rules('S0NOBODY'));
    expect(code).toBe(1);
    expect(errors).toContain('line 2, column 31: approvals: UNOBODY01 is no full member');
    expect(errors).toContain('line 11, column 13: rule furniture: S0NOBODY is no user group');
    expect(errors).not.toContain('UMAYA0001');
    const right = await check(rules(managers).replace('UNOBODY01', 'UNOAH0002'));
    expect(right).toMatchObject({ code: 0, errors: '' });
  });
});

describe('explain', () => {
  test('prints the verdict and every check of the policy in force', async () => {
    const { code, output } = await world.run('explain', '1003', 'vase', 'unwanted');
    expect(code).toBe(0);
    expect(output).toContain('Verdict: denied (window-closed)');
    expect(output).toMatch(/failed +window-closed +The return window of 30 days has closed/);
    expect(output).toMatch(/passed +gift-card/);
    expect(output).toContain('which is in force');
  });

  test('judges by another file, and names the rule that decides and those it does not know of', async () => {
    const path = world.file(`rules:
  - { id: vip, when: { customer_tag: VIP }, then: { waive_fees: true } }
  - { id: home, when: { product_type: Home }, then: { window_days: 365, approval: { people: 2 } } }
  - { id: asked, when: { asked_by: staff }, then: { note: By a colleague } }
`);
    const args = ['explain', '#1003', '1', 'damaged', '--file', path] as const;
    const byCustomer = await world.run(...args);
    expect(byCustomer.output).toContain('Verdict: accepted (home)');
    expect(byCustomer.output).toContain('approval of 2');
    expect(byCustomer.output).toMatch(/passed +home .*decides approval, windowDays/);
    expect(byCustomer.output).toMatch(/failed +asked /);
    expect((await world.run(...args, '--staff')).output).toContain('note for staff: By a colleague');
  });

  test('prints nothing that names the customer', async () => {
    for (const [order, item, customer] of [
      ['1001', 'shirt', demoCustomers.jane],
      ['1013', 'clock', demoCustomers.guest],
    ] as const) {
      const path = world.file('rules: [{ id: us, when: { country: US }, then: { note: x } }]');
      const { output } = await world.run('explain', order, item, 'other', '--file', path);
      const { name, email, zip } = customer;
      for (const word of [name, email, zip, '+1555', 'gid://']) expect(output).not.toContain(word);
    }
  });

  test('refuses what is not on the order, and lists what is', async () => {
    const fails = async (...args: readonly string[]) => (await world.run('explain', ...args)).errors;
    expect(await fails('99', 'shirt', 'other')).toBe('The shop has no order 99.\n');
    expect(await fails('1001', 'lamp', 'other')).toContain('1  Blue Oxford Shirt (M)\n  2  Cotton Socks');
    expect(await fails('1001', 'o', 'other')).toContain('fits more than one item');
    expect(await fails('1001', '1', 'other', '--quantity', '5')).toBe(
      'The order has only 1 of Blue Oxford Shirt.\n',
    );
  });

  test('says so when the shop cannot be asked', async () => {
    world.sandbox.shop.faults.add({ when: 'before', action: { kind: 'status', status: 401 } });
    const { code, errors } = await world.run('explain', '1001', 'shirt', 'other');
    world.sandbox.shop.faults.clear();
    expect([code, errors]).toEqual([1, expect.stringContaining('The shop cannot be asked right now')]);
  });
});
