/** The UI as responses under a strict content security policy, for both shells that show it. */
import { join, normalize, sep } from 'node:path';
import mime from 'mime';
import { serveFile } from './serveFile.ts';

/**
 * A file of the UI.
 * @param ui the built renderer's folder or, while someone works on the UI, the address of Vite's server
 * @param url what is asked for; of its parts the path, and Vite's queries, count
 * @param mediaSource where pictures and media come from, beside the page's own origin
 */
export async function servePage(ui: string, url: URL, mediaSource = ''): Promise<Response> {
  const isDevelopment = isDevelopmentServer(ui);
  const response = isDevelopment ? await fetchPage(ui, url) : await readPage(ui, url.pathname);
  const policy = { ...policyOf(mediaSource), ...(isDevelopment ? developmentPolicy : {}) };
  response.headers.set('content-security-policy', headerOf(policy));
  response.headers.set('referrer-policy', 'no-referrer');
  return response;
}

/** True for an address on this machine: `npm run dev` gives one in place of the built renderer's folder. */
export function isDevelopmentServer(ui: string): boolean {
  return /^http:\/\/(127\.0\.0\.1|localhost):\d+$/.test(ui);
}

async function readPage(uiFolder: string, pathname: string): Promise<Response> {
  const file = fileOf(uiFolder, pathname);
  if (!file?.startsWith(uiFolder + sep)) return new Response(null, { status: 404 });
  return serveFile({ path: file, contentType: pageType(file) }, null);
}

function pageType(file: string): string {
  const type = mime.getType(file) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Null for a path that no file can have: "/%", "/%00". */
function fileOf(uiFolder: string, pathname: string): string | null {
  try {
    const path = pathname === '/' ? 'index.html' : decodeURIComponent(pathname);
    return path.includes('\0') ? null : normalize(join(uiFolder, path));
  } catch {
    return null;
  }
}

/** Vite answers at its own address; a page of another origin would have no access to the library. */
async function fetchPage(address: string, { pathname, search }: URL): Promise<Response> {
  // Vite gives scripts, styles and pages for one address, by what the asker accepts.
  const { status, headers, body } = await fetch(`${address}${pathname}${search}`, { headers: { accept: '*/*' } });
  return new Response(body, { status, headers: { 'content-type': headers.get('content-type') ?? 'text/plain' } });
}

function policyOf(mediaSource: string): Record<string, string> {
  return {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': `'self' blob: ${mediaSource}`,
    'media-src': `'self' blob: ${mediaSource}`,
    'font-src': "'self'",
    'connect-src': `'self' ${mediaSource}`.trim(),
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
}

/** Vite puts styles into the page, and tells it of changes through a socket of its own. */
const developmentPolicy = {
  'style-src': "'self' 'unsafe-inline'",
  'connect-src': "'self' ws://127.0.0.1:*",
};

function headerOf(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
