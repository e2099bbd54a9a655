import type { DesktopSettings, DesktopState, WindowCommand } from '../../contract/desktop.ts';

/** What the desktop shell gives beyond the contract; in a browser it is absent and everything below says no. */
interface DesktopBridge {
  isDesktop: true;
  pathOf(file: File): string;
  /** What the menus of the system show. */
  setCommands(commands: WindowCommand[]): void;
  onCommand(perform: (id: string) => void): void;
  state(): Promise<DesktopState>;
  changeSettings(changes: Partial<DesktopSettings>): Promise<DesktopState>;
  integrate(action: 'install' | 'remove'): Promise<DesktopState>;
}

declare global {
  interface Window {
    playhead?: DesktopBridge;
  }
}

export function isDesktop(): boolean {
  return window.playhead?.isDesktop === true;
}

/** The paths of dropped files; empty in a browser, which tells no paths. */
export function pathsOf(files: Iterable<File>): string[] {
  const bridge = window.playhead;
  if (!bridge) return [];
  return [...files].map((file) => bridge.pathOf(file)).filter((path) => path !== '');
}

/** The shell's own calls; null in a browser. */
export function desktop(): Omit<DesktopBridge, 'isDesktop' | 'pathOf'> | null {
  return window.playhead ?? null;
}
