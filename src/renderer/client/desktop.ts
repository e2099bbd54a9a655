/** What the desktop shell gives beyond the contract; in a browser it is absent and everything below says no. */
interface DesktopBridge {
  isDesktop: true;
  pathOf(file: File): string;
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
