/** A made-up binary with the fuses of Electron: the sentinel, a version, how many there are, and each as it comes. */
export function makeElectron(count = 9): Buffer {
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, count]),
    Buffer.from('1'.repeat(count)),
  ]);
  return Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(4096), wire, Buffer.alloc(4096)]);
}
