/** What is done to an archive: it can hang, while the cache service has long responded. */
export type ArchiveStage = 'packing' | 'unpacking' | 'testing' | 'none';

/**
 * What begins when `@actions/cache` prints this text.
 * @returns undefined when the text says nothing of it
 */
export function stageIn(text: string): ArchiveStage | undefined {
  if (/^Cache Size: ~/m.test(text)) return 'unpacking';
  if (/^::debug::Cache Paths:/m.test(text)) return 'packing';
  if (/^::debug::File Size:/m.test(text)) return 'none';
  return undefined;
}

/** Why a job did not end, when it was stopped in this stage; undefined when the archive was not the reason. */
export function describeTimeout(stage: ArchiveStage): string | undefined {
  switch (stage) {
    case 'packing':
      return 'packing the archive did not end in time (tar, gzip, zstd or the disk hangs)';
    case 'unpacking':
      return 'unpacking the archive did not end in time (tar, gzip, zstd or the disk hangs, or the archive holds very many files)';
    case 'testing':
      return 'packing and unpacking an archive as a test did not end in time (tar, gzip, zstd or the disk hangs)';
    case 'none':
      return undefined;
  }
}
