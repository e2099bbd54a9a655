/** What a request asks for ("/rpc?token=…") as a URL; null for what is none, such as "//" or "http://[". */
export function parseTarget(target: string | undefined): URL | null {
  try {
    return new URL(target ?? '/', 'http://localhost');
  } catch {
    return null;
  }
}
