/** The built UI as responses under a strict content security policy, for both shells that show it. */
import { join, normalize, sep } from 'node:path';
import { serveFile } from './serveFile.ts';

const contentTypes: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/** `mediaSource`: where pictures and media come from, beside the page's own origin. */
export async function servePage(uiFolder: string, pathname: string, mediaSource = ''): Promise<Response> {
  const file = fileOf(uiFolder, pathname);
  if (!file?.startsWith(uiFolder + sep)) return new Response(null, { status: 404 });
  const contentType = contentTypes[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  const response = await serveFile({ path: file, contentType }, null);
  response.headers.set('content-security-policy', contentSecurityPolicy(mediaSource));
  response.headers.set('referrer-policy', 'no-referrer');
  return response;
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

function contentSecurityPolicy(mediaSource: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: ${mediaSource}`,
    `media-src 'self' blob: ${mediaSource}`,
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
