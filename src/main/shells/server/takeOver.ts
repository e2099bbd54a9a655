/** The server's side of `shared/handOver.ts`: a second start tells what it was asked to open. */
import type { WebSocket } from 'ws';
import * as z from 'zod';
import { openChannel } from '../../channel/openChannel.ts';
import type { HandedOver, HandOverApi } from '../shared/handOver.ts';
import type { Outside } from '../shared/readOutside.ts';

const path = z.string().min(1).max(4096);
const outsideSchema: z.ZodType<Outside> = z.union([
  z.object({ kind: z.literal('file'), path }),
  z.object({ kind: z.literal('files'), paths: z.array(path).max(10_000) }),
  z.object({ kind: z.literal('link'), link: z.string().max(20_000) }),
]);

export function takeOver(socket: WebSocket, receive: (outside: Outside[]) => Promise<HandedOver>): void {
  const api: HandOverApi = { receive: async (outside) => receive(z.array(outsideSchema).max(100).parse(outside)) };
  openChannel(
    {
      post: (message) => socket.send(JSON.stringify(message)),
      onMessage: (listener) => void socket.on('message', (data) => listener(parseJson(data))),
    },
    api,
  );
}

function parseJson(data: { toString(): string }): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return null;
  }
}
