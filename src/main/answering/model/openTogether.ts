interface Closable {
  close(): void | Promise<void>;
}

/**
 * Opens parts that belong together, one after the other. Where one of them, or what is made of them all, fails, those
 * that are open are closed again: a network that nobody knows of would keep its memory.
 */
export async function openTogether<Parts extends Record<string, Closable | null>, Whole = Parts>(
  opens: { [Name in keyof Parts]: () => Parts[Name] | Promise<Parts[Name]> },
  make: (parts: Parts) => Whole = (parts) => parts as unknown as Whole,
): Promise<Whole> {
  const opened: [string, Closable | null][] = [];
  try {
    for (const [name, open] of Object.entries(opens)) opened.push([name, await open()]);
    return make(Object.fromEntries(opened) as Parts);
  } catch (thrown) {
    // Why it was not opened is what counts.
    await Promise.allSettled(opened.map(async ([, part]) => part?.close()));
    throw thrown;
  }
}
