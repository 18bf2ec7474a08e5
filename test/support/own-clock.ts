/** Loaded before a program: its clock is that of the machine, moved by as much as it is told. */
const machine = Date;
let offsetMs = Number(process.env.OWN_CLOCK_OFFSET_MS ?? 0);

class OwnDate extends machine {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [OwnDate.now()] : given) as [number]));
  }
  static override now(): number {
    return machine.now() + offsetMs;
  }
}
globalThis.Date = OwnDate as DateConstructor;

process.on('message', (offset) => {
  offsetMs = Number(offset);
  process.send?.('set');
});
// The channel by which the clock is set must not keep the program alive.
process.channel?.unref();
