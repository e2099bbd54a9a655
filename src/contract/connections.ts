/** What went over the network: to whom, what for, how much. */
import * as z from 'zod';

/** All connections to one address for one purpose. */
export const connectionRecordSchema = z.object({
  /** "huggingface.co:443" */
  address: z.string(),
  /** In words, as it is told: "Files of SigLIP base"; null for what no part of Playhead asked for. */
  purpose: z.string().nullable(),
  /** Connections that came about. */
  times: z.int().min(0),
  /** Tries that reached nobody: no such name, no answer, refused. Nothing went over those. */
  unreachedTimes: z.int().min(0).default(0),
  /** ISO times. */
  firstAt: z.string(),
  lastAt: z.string(),
  /** Bytes, as the sockets counted them. */
  sentBytes: z.number().min(0),
  receivedBytes: z.number().min(0),
  isOpen: z.boolean(),
});
export type ConnectionRecord = z.infer<typeof connectionRecordSchema>;

export interface ConnectionReport {
  /** True: every connection to another machine is refused. */
  isOffline: boolean;
  /** The latest first; connections within this machine are none. */
  connections: ConnectionRecord[];
}
