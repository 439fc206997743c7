/*
 * Records what a process does to the files below REC_ROOT, in order, into REC_TRACE; preloaded with LD_PRELOAD.
 * One record: a line "<op> <a> <b> <path>[\t<path>]" and, for W and A, b bytes.
 * C created or emptied, W written (a: offset), T cut to a, S file synced, D folder synced, R renamed, U removed, M folder made,
 * A: written to standard output, which is how an acknowledgement is seen in its place among the rest.
 * Not seen: memory maps, copy_file_range and io_uring; the acts that are recorded use none of them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096
static struct { char *path; dev_t device; ino_t inode; } files[FDS];
static int trace_fd = -1;
static const char *root;
static size_t root_length;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  root = getenv("REC_ROOT");
  const char *trace = getenv("REC_TRACE");
  if (!root || !trace) return;
  root_length = strlen(root);
  trace_fd = (int)syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) { return trace_fd >= 0 && path && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0); }

static void emit(char op, long a, long b, const char *path, const char *other, const void *data) {
  char head[9000];
  int n = snprintf(head, sizeof head, "%c %ld %ld %s%s%s\n", op, a, b, path, other ? "\t" : "", other ? other : "");
  struct iovec parts[2] = {{head, (size_t)n}, {(void *)data, data ? (size_t)b : 0}};
  if (syscall(SYS_writev, trace_fd, parts, data ? 2 : 1) < 0) abort();
}

/* By what the number stands for now: some close it by other ways than close(). */
static const char *known(int fd) {
  struct stat now;
  if (fd < 0 || fd >= FDS || !files[fd].path) return NULL;
  if (fstat(fd, &now) == 0 && now.st_dev == files[fd].device && now.st_ino == files[fd].inode) return files[fd].path;
  free(files[fd].path);
  files[fd].path = NULL;
  return NULL;
}

static int opened(int fd, const char *path, int flags, int was_there) {
  struct stat now;
  if (fd < 0 || fd >= FDS || fstat(fd, &now) != 0) return fd;
  free(files[fd].path);
  files[fd].path = strdup(path);
  files[fd].device = now.st_dev;
  files[fd].inode = now.st_ino;
  if (!was_there || (flags & O_TRUNC)) emit('C', 0, 0, path, NULL, NULL);
  return fd;
}

/* The call and its record are one step, so that the order of the records is the order of the calls. */
#define STEP(body) do { pthread_mutex_lock(&lock); body pthread_mutex_unlock(&lock); } while (0)

static int do_open(int dir, const char *path, int flags, mode_t mode) {
  int fd;
  if (!ours(path)) return (int)syscall(SYS_openat, dir, path, flags, mode);
  STEP(int there = access(path, F_OK) == 0; fd = (int)syscall(SYS_openat, dir, path, flags, mode); opened(fd, path, flags, there););
  return fd;
}
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE return do_open(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return do_open(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE return do_open(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE return do_open(dir, path, flags, mode); }

static ssize_t do_write(int fd, const void *data, size_t size, off_t at) {
  const char *path = known(fd);
  if (!path && !(fd == 1 && trace_fd >= 0)) return at < 0 ? syscall(SYS_write, fd, data, size) : syscall(SYS_pwrite64, fd, data, size, at);
  ssize_t done;
  STEP(
    done = at < 0 ? syscall(SYS_write, fd, data, size) : syscall(SYS_pwrite64, fd, data, size, at);
    if (done > 0) {
      if (path) emit('W', at < 0 ? (long)lseek(fd, 0, SEEK_CUR) - done : (long)at, done, path, NULL, data);
      else emit('A', 0, done, "-", NULL, data);
    }
  );
  return done;
}
ssize_t write(int fd, const void *data, size_t size) { return do_write(fd, data, size, -1); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return do_write(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return do_write(fd, data, size, at); }
static ssize_t do_writev(int fd, const struct iovec *parts, int count, off_t at) {
  ssize_t total = 0;
  for (int i = 0; i < count; i++) {
    ssize_t done = do_write(fd, parts[i].iov_base, parts[i].iov_len, at < 0 ? -1 : at + total);
    if (done < 0) return total ? total : done;
    total += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return total;
}
ssize_t writev(int fd, const struct iovec *parts, int count) { return do_writev(fd, parts, count, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return do_writev(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return do_writev(fd, parts, count, at); }

static int do_truncate(int fd, off_t size) {
  int result;
  STEP(result = (int)syscall(SYS_ftruncate, fd, size); if (result == 0 && known(fd)) emit('T', (long)size, 0, known(fd), NULL, NULL););
  return result;
}
int ftruncate(int fd, off_t size) { return do_truncate(fd, size); }
int ftruncate64(int fd, off64_t size) { return do_truncate(fd, size); }

static int do_sync(int fd, long call) {
  int result;
  STEP(
    result = (int)syscall(call, fd);
    if (result == 0 && known(fd)) { struct stat facts; if (fstat(fd, &facts) == 0) emit(S_ISDIR(facts.st_mode) ? 'D' : 'S', 0, 0, known(fd), NULL, NULL); }
  );
  return result;
}
int fsync(int fd) { return do_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return do_sync(fd, SYS_fdatasync); }

int rename(const char *from, const char *to) {
  int result;
  STEP(result = (int)syscall(SYS_rename, from, to); if (result == 0 && (ours(from) || ours(to))) emit('R', 0, 0, from, to, NULL););
  return result;
}
int unlink(const char *path) {
  int result;
  STEP(result = (int)syscall(SYS_unlink, path); if (result == 0 && ours(path)) emit('U', 0, 0, path, NULL, NULL););
  return result;
}
int mkdir(const char *path, mode_t mode) {
  int result;
  STEP(result = (int)syscall(SYS_mkdir, path, mode); if (result == 0 && ours(path)) emit('M', 0, 0, path, NULL, NULL););
  return result;
}
