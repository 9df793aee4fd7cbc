/*
 * What a power cut would leave of a file: its size when it was last synchronised. Loaded before the C library
 * (LD_PRELOAD), it adds "<inode>.<seconds>.<nanoseconds> <size>", the times being those of the file's birth, to the
 * file POWERCUT_NOTES at every fsync and fdatasync that succeeds. The size is taken before, for what is written
 * meanwhile may not be covered.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int noted(const char *name, int fd) {
  static __thread int notes = -1;
  struct statx before;
  int known = statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &before) == 0;
  int result = ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
  const char *file = getenv("POWERCUT_NOTES");
  if (result != 0 || !known || !S_ISREG(before.stx_mode) || file == NULL) return result;
  if (notes < 0) notes = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  /* One small write at the end of a file is there as a whole or not at all, whichever thread makes it. */
  char line[96];
  int length = snprintf(line, sizeof line, "%llu.%lld.%u %llu\n", (unsigned long long)before.stx_ino,
                        (long long)before.stx_btime.tv_sec, before.stx_btime.tv_nsec,
                        (unsigned long long)before.stx_size);
  if (notes < 0 || write(notes, line, (size_t)length) != length) abort();
  return result;
}

int fsync(int fd) { return noted("fsync", fd); }
int fdatasync(int fd) { return noted("fdatasync", fd); }
