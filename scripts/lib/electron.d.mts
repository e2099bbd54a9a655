/** Why Electron cannot run here, in words, or null when it can; fetches its binary where it is missing. */
export function whyNoElectron(): string | null;
/** The binary's path, or null where it was not fetched. */
export function electronBinary(): string | null;
