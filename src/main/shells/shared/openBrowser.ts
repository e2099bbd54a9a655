import { spawn } from 'node:child_process';

/** Opens the person's browser where there is a display; the address is printed in any case. */
export function openBrowser(address: string): void {
  if (process.env.CI) return;
  const { platform } = process;
  if (platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const [command, args] = {
    darwin: ['open', [address]] as const,
    win32: ['rundll32', ['url.dll,FileProtocolHandler', address]] as const,
  }[platform as 'darwin' | 'win32'] ?? ['xdg-open', [address]];
  spawn(command, [...args], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
