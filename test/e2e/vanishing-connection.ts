/** Loaded into the action before it starts: its requests over HTTPS are never heard of again, and nothing is left of them. */
import { EventEmitter } from 'node:events';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

https.request = (() =>
  Object.assign(new EventEmitter(), { end: () => undefined })) as unknown as typeof https.request;
syncBuiltinESMExports();
