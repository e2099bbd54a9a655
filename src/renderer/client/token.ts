/** The server's token: taken from the address once, kept for this tab, and removed from the address bar. */
const KEY = 'playhead-token';

export function takeToken(): string {
  const url = new URL(location.href);
  const given = url.searchParams.get('token');
  if (given === null) return sessionStorage.getItem(KEY) ?? '';
  sessionStorage.setItem(KEY, given);
  url.searchParams.delete('token');
  history.replaceState(history.state, '', url);
  return given;
}
