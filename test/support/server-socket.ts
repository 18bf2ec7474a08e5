/**
 * Where the server puts a socket of its own: half the price of a connection through the network. Undefined where
 * there is none: on Windows, and where the path would be longer than a socket's may be.
 */
export function serverSocket(data: string): string | undefined {
  return process.platform === 'win32' || data.length > 85 || /\s/.test(data) ? undefined : data;
}

export function socketSettings(data: string): readonly string[] {
  const directory = serverSocket(data);
  return directory === undefined ? [] : [`unix_socket_directories=${directory}`];
}
