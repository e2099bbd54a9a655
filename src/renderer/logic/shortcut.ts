/**
 * Shortcuts written as "Mod+K", "Shift+ArrowLeft", "?" or "[". "Mod" is Ctrl, or Command on a Mac.
 * A shortcut that is one printed sign matches the sign itself, however the keyboard makes it.
 */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export function matchesShortcut(shortcut: string, press: KeyPress): boolean {
  const { modifiers, key } = split(shortcut);
  if (modifiers.has('Mod') !== (press.ctrlKey || press.metaKey)) return false;
  if (modifiers.has('Alt') !== press.altKey) return false;
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== ' ';
  if (!isSign && modifiers.has('Shift') !== press.shiftKey) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

/** "Ctrl K" or "⌘ K": the keys as a person reads them, one text for each key. */
export function shortcutKeys(shortcut: string, isMac: boolean): string[] {
  const names: Record<string, string> = {
    Mod: isMac ? '⌘' : 'Ctrl',
    Alt: isMac ? '⌥' : 'Alt',
    Shift: isMac ? '⇧' : 'Shift',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
    Space: 'Space',
  };
  return keysOf(shortcut).map((part) => names[part] ?? part);
}

/** A "+" behind nothing, or behind another one, is the key itself. */
function keysOf(shortcut: string): string[] {
  return shortcut.split(/(?<=[^+])\+/);
}

function split(shortcut: string): { modifiers: Set<string>; key: string } {
  const parts = keysOf(shortcut);
  const last = parts.pop() ?? '';
  return { modifiers: new Set(parts), key: last === 'Space' ? ' ' : last };
}
