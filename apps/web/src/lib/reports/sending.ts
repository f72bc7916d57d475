/** Sending photos from a phone: made small where that loses nothing, with the share that is on its way. */
import { reportEndpoints } from '@folkmoot/core/reports/endpoints';

/** What the picker offers. Named one by one: phones then turn their own format into JPEG by themselves. */
export const TAKES = 'image/jpeg,image/png,image/webp,image/avif';
/** A side longer than this is made shorter; the server keeps 1,280. */
const LONGEST = 1600;
/** Smaller files are sent as they are. */
const SMALL_BYTES = 400 * 1024;

/** Draws a photo smaller; gives the original back where the browser cannot, or where it would gain nothing. */
export async function shrink(file: File): Promise<Blob> {
  if (file.size <= SMALL_BYTES) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise<Blob | null>((give) => canvas.toBlob(give, 'image/jpeg', 0.86));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

type Sent = { ok: true } | { ok: false; code: string };

/** Sends one photo into the draft. Never throws: no signal is `{ ok: false, code: 'no_signal' }`. */
export function sendPhoto(
  photo: Blob,
  { onprogress }: { onprogress?: (percent: number) => void } = {},
): Promise<Sent> {
  return new Promise((give) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1${reportEndpoints.uploadPhoto.path}?for=report-draft`);
    request.setRequestHeader('accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onprogress?.(Math.round((loaded / total) * 100));
    request.onerror = () => give({ ok: false, code: 'no_signal' });
    request.onload = () => {
      if (request.status === 201) return give({ ok: true });
      let code = 'other';
      try {
        code = String((JSON.parse(request.responseText) as { code?: string }).code);
      } catch {
        // an answer that is not ours, such as a proxy's: the general words do
      }
      give({ ok: false, code });
    };
    const form = new FormData();
    form.append('photo', photo, 'photo');
    request.send(form);
  });
}
