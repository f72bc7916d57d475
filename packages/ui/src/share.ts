/** Sending a page on: by the device's own list, else by copying its address, else by a mail. */

export type Sharing = 'share' | 'copy';
type Shared = { title: string; url: string };

/** What this device can do; null where only the mail is left. For the browser only. */
export const wayToShare = (): Sharing | null =>
  'share' in navigator ? 'share' : 'clipboard' in navigator ? 'copy' : null;

/** `mailto:` with the title as its subject and the address as its words. */
export const mailOf = ({ title, url }: Shared): string =>
  `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(url)}`;

/** True where the address was copied, which somebody must be told; the device's own list speaks for itself. */
export async function share(way: Sharing, shared: Shared): Promise<boolean> {
  try {
    if (way === 'share') await navigator.share(shared);
    else await navigator.clipboard.writeText(shared.url);
    return way === 'copy';
  } catch {
    // somebody changed their mind, or the browser does not let us: the address bar still has it
    return false;
  }
}
