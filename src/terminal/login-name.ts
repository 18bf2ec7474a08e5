import { userInfo } from 'node:os';

/** Of whoever typed the command. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
