/**
 * Switches inside Electron's binary that are set once, when a package is made: what an app does not need cannot be turned
 * against it.
 */
import type { FuseV1Options } from '@electron/fuses';

type Fuse = keyof typeof FuseV1Options;

/** By the names of @electron/fuses. */
export const fuses: Record<Exclude<Fuse, 'WasmTrapHandlers'>, boolean> = {
  // Helpers are utility processes: nothing runs the app's binary as plain Node.
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // The archive is the one that was packed (macOS and Windows), and the only place from which the app is loaded.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

/** By the names of electron-builder, which sets them: "runAsNode". */
export function builderFuses(): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(fuses).map(([name, isOn]) => [name.charAt(0).toLowerCase() + name.slice(1), isOn]),
  );
}
