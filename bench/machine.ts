import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';

/** Of processes and the machine, all since their start; undefined where the system does not tell (not Linux). */
export type Usage = {
  readonly programCpuMs: number;
  readonly databaseCpuMs: number;
  readonly programRssMb: number;
  readonly stolenMs: number;
  readonly machineMs: number;
};

// Linux counts in ticks of 10 ms on every platform Node runs on.
const tickMs = 10;

export function readUsage(program: number, postmaster: number): Usage | undefined {
  try {
    const machine = read('/proc/stat').split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
    return {
      programCpuMs: cpuMs(program),
      databaseCpuMs: [postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => sum + cpuMs(pid), 0),
      programRssMb: Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${program}/status`))?.[1]) / 1_024,
      stolenMs: (machine[7] ?? 0) * tickMs,
      machineMs: machine.reduce((sum, ticks) => sum + ticks, 0) * tickMs,
    };
  } catch {
    return undefined;
  }
}

export function describeMachine(): string {
  const [cpu] = cpus();
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  return `${availableParallelism()} cores (${cpu?.model.trim() ?? process.arch}), ${memoryGb} GB, ${process.platform} ${release()}`;
}

/** Its own time and that of its children which ended. A name may hold spaces: fields count from the bracket. */
function cpuMs(pid: number): number {
  const fields = statFields(pid);
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0) * tickMs;
}

function childrenOf(parent: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => Number(statFields(pid)[1]) === parent);
}

/** From the third field, the state, on; empty for a process that has ended. */
function statFields(pid: number): readonly string[] {
  try {
    const stat = read(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
