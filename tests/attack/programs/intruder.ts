/**
 * Runs as another account of the machine: `intruder.ts <folder> <origin> <pid,…>` tries to read what is in the folder
 * and what the processes show, to write into the folder, and to be heard by the server. Prints what it got, as JSON.
 */
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', origin = '', pids = '', ...files] = process.argv.slice(2);
const got: { what: string; text: string }[] = [];
const tryTo = (what: string, work: () => string) => {
  try {
    got.push({ what, text: work().slice(0, 100) });
  } catch {
    // As it should be.
  }
};

tryTo('names', () => readdirSync(folder, { recursive: true }).join(' ') || 'an empty folder');
for (const file of files) tryTo(file, () => readFileSync(file, 'latin1'));
tryTo('wrote', () => String(writeFileSync(join(folder, 'intruder'), 'was here')));
const shown: { what: string; text: string }[] = [];
for (const pid of pids.split(',')) {
  for (const name of ['environ', 'maps', 'mem'])
    tryTo(`${name} of ${pid}`, () => readFileSync(`/proc/${pid}/${name}`, 'latin1'));
  tryTo(`folder of ${pid}`, () => readlinkSync(`/proc/${pid}/cwd`));
  // Everyone may see a command line: what matters is what is in it.
  shown.push({ what: `command line of ${pid}`, text: readFileSync(`/proc/${pid}/cmdline`, 'latin1') });
}

for (const path of ['/media/1', '/poster/1', '/thumbnail/1', '/server.json', '/..%2f..%2fserver.json']) {
  const response = await fetch(origin + path);
  if (response.ok) got.push({ what: path, text: await response.text() });
}
const call = JSON.stringify({ t: 'q', i: '1', m: 'listMedia', a: [{}] });
const hello = { kind: 'hello', id: '0'.repeat(16), challenge: '0'.repeat(32) };
for (const first of [call, ...['code', 'session'].map((kind) => JSON.stringify({ ...hello, with: kind }))]) {
  for (const reply of await speak(first)) {
    if (JSON.parse(reply).kind !== 'refused') got.push({ what: 'a reply', text: reply });
  }
}
console.log(JSON.stringify({ got, shown }));

/** What comes back until the server hangs up. */
function speak(first: string): Promise<string[]> {
  const replies: string[] = [];
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`);
  socket.addEventListener('open', () => {
    socket.send(first);
    socket.send(call);
  });
  socket.addEventListener('message', ({ data }) => replies.push(String(data)));
  return new Promise((resolve) => socket.addEventListener('close', () => resolve(replies)));
}
