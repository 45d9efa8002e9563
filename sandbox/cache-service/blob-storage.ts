/**
 * The storage behind the cache service: signed addresses, a `PUT` that takes an archive, a `GET` that gives it.
 *
 * It is as much of Azure Blob Storage as `@actions/cache` uses: up to 128 MiB an archive is one `PUT` of a
 * `BlockBlob`, and from a host outside `.blob.core.windows.net` it is fetched by one plain `GET`.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from '../faults.ts';
import type { EntryStore } from './entry-store.ts';

export type BlobPermission = 'upload' | 'download';

// The Azure client reads account, container and blob from the path when the host is an IP address.
const blobPath = /^\/sandbox\/actions-cache\/(\d+)$/;

/** Signs addresses of archives, so that whoever has one needs no token. */
export class SignedUrls {
  readonly #key = randomBytes(32);
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** An address whose secret is, as in Azure, the query parameter `sig`: standard base64, URI-encoded. */
  sign(permission: BlobPermission, id: number): string {
    const url = new URL(`/sandbox/actions-cache/${id}`, this.#origin);
    url.searchParams.set('sp', permission === 'upload' ? 'cw' : 'r');
    url.searchParams.set('sig', this.#signature(permission, id));
    return url.href;
  }

  /** The id a signed address stands for; `undefined` where it is not ours or not for this. */
  verify(permission: BlobPermission, url: URL): number | undefined {
    const id = Number(blobPath.exec(url.pathname)?.[1]);
    return url.searchParams.get('sig') === this.#signature(permission, id) ? id : undefined;
  }

  #signature(permission: BlobPermission, id: number): string {
    return createHmac('sha256', this.#key).update(`${permission} ${id}`).digest('base64');
  }
}

export function isBlobPath(pathname: string): boolean {
  return blobPath.test(pathname);
}

export function putBlob(
  url: URL,
  headers: IncomingHttpHeaders,
  bytes: Buffer,
  store: EntryStore,
  urls: SignedUrls,
): Answer {
  const id = urls.verify('upload', url);
  if (id === undefined || !store.upload(id, bytes)) return azureError(403, 'AuthenticationFailed');
  if (headers['x-ms-blob-type'] !== 'BlockBlob') return azureError(400, 'InvalidHeaderValue');
  return {
    status: 201,
    headers: {
      etag: `"${id}"`,
      'last-modified': new Date().toUTCString(),
      'x-ms-request-id': randomBytes(8).toString('hex'),
      'x-ms-version': '2025-01-05',
    },
    body: '',
  };
}

export function getBlob(url: URL, store: EntryStore, urls: SignedUrls): Answer {
  const id = urls.verify('download', url);
  if (id === undefined) return azureError(403, 'AuthenticationFailed');
  const bytes = store.download(id);
  if (!bytes) return azureError(404, 'BlobNotFound');
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
}

/** @see https://learn.microsoft.com/en-us/rest/api/storageservices/status-and-error-codes2 */
function azureError(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml', 'x-ms-error-code': code }, body };
}
