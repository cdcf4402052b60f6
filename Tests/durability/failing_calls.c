/* Lets chosen calls that write below a folder fail, in every program that it is preloaded into.
 *
 * YICHUANG_CALLS_FOLDER names the folder (absolute, without links), YICHUANG_CALLS_PAGE a file of one page that is shared with the
 * test (Tests/durability/failing_calls.py has the same layout). Calls are counted across processes and restarts. Compiled by the test. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct page {
  int32_t error;        /* An errno; 0 writes half of what was asked for. */
  uint32_t lasting;     /* Whether all later calls fail too, until `healed`. */
  uint64_t nth;         /* Which call fails, counted from 1; 0 for none. */
  _Atomic uint64_t count, failures;
  _Atomic uint32_t healed;
  int32_t fault_pid;    /* Of the first failure: process, moment (CLOCK_MONOTONIC, ns) and words. */
  uint64_t fault_ns;
  char what[232];
  uint64_t opened_ns;  /* When the journal was first opened anew after that. */
};

static struct page *page;
static char folder[512];
static size_t folder_length;
static int trace = -1;

__attribute__((constructor)) static void begin(void) {
  const char *name = getenv("YICHUANG_CALLS_PAGE"), *below = getenv("YICHUANG_CALLS_FOLDER"), *log = getenv("YICHUANG_CALLS_TRACE");
  if (!name || !below || strlen(below) >= sizeof folder) return;
  int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
  int file = real_open(name, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  strcpy(folder, below);
  folder_length = strlen(folder);
  if (log) trace = real_open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  void *mapped = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (mapped != MAP_FAILED) page = mapped;
}

static uint64_t now(void) {
  struct timespec moment;
  clock_gettime(CLOCK_MONOTONIC, &moment);
  return (uint64_t)moment.tv_sec * 1000000000u + (uint64_t)moment.tv_nsec;
}

/* What a call does, and so which faults it can have: link(2), unlink(2) and the like know no EINTR, and removing needs no room. */
enum kind { WRITES, SYNCS, SIZES, OPENS, NAMES, REMOVES };

static int applies(enum kind kind, size_t size) {
  switch (page->error) {
    case 0: return kind == WRITES && size > 1;
    case EINTR: return kind <= OPENS;
    case ENOSPC: return kind != REMOVES;
    default: return 1;
  }
}

/* -1 when the call goes on as it is, else the error, or 0 for half a write. `path` or `file` names what is written. */
static int chosen(const char *call, enum kind kind, int file, const char *path, size_t size) {
  if (!page) return -1;
  int before = errno;
  char full_path[1024], link[64];
  size_t length = 0;
  if (file >= 0 && (!path || path[0] != '/')) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t found = readlink(link, full_path, sizeof full_path - 1);
    errno = before;
    if (found < 0) return -1;
    length = (size_t)found;
  }
  full_path[length] = 0;
  if (path) snprintf(full_path + length, sizeof full_path - length, "%s%s", length ? "/" : "", path);
  if (strncmp(full_path, folder, folder_length) || full_path[folder_length] != '/') return -1;
  if (kind == OPENS && !strcmp(full_path + folder_length, "/journal.sqlite") && atomic_load(&page->failures) && !page->opened_ns)
    page->opened_ns = now();
  if (!applies(kind, size)) return -1;
  uint64_t number = atomic_fetch_add(&page->count, 1) + 1;
  if (trace >= 0) dprintf(trace, "%s %s\n", call, full_path + folder_length + 1);
  errno = before;
  if (!page->nth || number < page->nth || (number > page->nth && !page->lasting) || atomic_load(&page->healed)) return -1;
  if (atomic_fetch_add(&page->failures, 1) == 0) {
    page->fault_pid = getpid();
    snprintf(page->what, sizeof page->what, "%s %s", call, full_path + folder_length + 1);
    page->fault_ns = now();
  }
  return page->error;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
/* A call that has no half. */
#define FAIL_OR(name, kind, file, path, ...)                      \
  int fault = chosen(#name, kind, file, path, 0);                 \
  if (fault > 0) {                                                \
    errno = fault;                                                \
    return -1;                                                    \
  }                                                               \
  return REAL(name)(__VA_ARGS__)
/* A call that writes `size` bytes; `half` is the same call for half of them. */
#define WRITE_OR(name, file, size, half, ...)                     \
  int fault = chosen(#name, WRITES, file, NULL, size);            \
  if (fault == 0) return REAL(name) half;                         \
  if (fault > 0) {                                                \
    errno = fault;                                                \
    return -1;                                                    \
  }                                                               \
  return REAL(name)(__VA_ARGS__)

ssize_t write(int f, const void *b, size_t n) { WRITE_OR(write, f, n, (f, b, n / 2), f, b, n); }
ssize_t pwrite(int f, const void *b, size_t n, off_t o) { WRITE_OR(pwrite, f, n, (f, b, n / 2, o), f, b, n, o); }
ssize_t pwrite64(int f, const void *b, size_t n, off64_t o) { WRITE_OR(pwrite64, f, n, (f, b, n / 2, o), f, b, n, o); }
ssize_t sendfile(int t, int f, off_t *o, size_t n) { WRITE_OR(sendfile, t, n, (t, f, o, n / 2), t, f, o, n); }
/* Half of several buffers: the first half of the buffers, or nothing said where there is one. */
ssize_t writev(int f, const struct iovec *v, int n) { WRITE_OR(writev, f, n, (f, v, n / 2), f, v, n); }
ssize_t pwritev(int f, const struct iovec *v, int n, off_t o) { WRITE_OR(pwritev, f, n, (f, v, n / 2, o), f, v, n, o); }
ssize_t pwritev64(int f, const struct iovec *v, int n, off64_t o) { WRITE_OR(pwritev64, f, n, (f, v, n / 2, o), f, v, n, o); }

int fsync(int f) { FAIL_OR(fsync, SYNCS, f, NULL, f); }
int fdatasync(int f) { FAIL_OR(fdatasync, SYNCS, f, NULL, f); }
int ftruncate(int f, off_t n) { FAIL_OR(ftruncate, SIZES, f, NULL, f, n); }
int ftruncate64(int f, off64_t n) { FAIL_OR(ftruncate64, SIZES, f, NULL, f, n); }
int fallocate(int f, int m, off_t o, off_t n) { FAIL_OR(fallocate, SIZES, f, NULL, f, m, o, n); }
int fallocate64(int f, int m, off64_t o, off64_t n) { FAIL_OR(fallocate64, SIZES, f, NULL, f, m, o, n); }

int rename(const char *a, const char *b) { FAIL_OR(rename, NAMES, -1, b, a, b); }
int renameat(int d, const char *a, int e, const char *b) { FAIL_OR(renameat, NAMES, e, b, d, a, e, b); }
int link(const char *a, const char *b) { FAIL_OR(link, NAMES, -1, b, a, b); }
int linkat(int d, const char *a, int e, const char *b, int g) { FAIL_OR(linkat, NAMES, e, b, d, a, e, b, g); }
int mkdir(const char *p, mode_t m) { FAIL_OR(mkdir, NAMES, -1, p, p, m); }
int unlink(const char *p) { FAIL_OR(unlink, REMOVES, -1, p, p); }
int unlinkat(int d, const char *p, int g) { FAIL_OR(unlinkat, REMOVES, d, p, d, p, g); }
int fchmod(int f, mode_t m) { FAIL_OR(fchmod, REMOVES, f, NULL, f, m); }

#define OPEN(name, dir_fd, path, flags, ...)                                                       \
  va_list rest;                                                                                    \
  va_start(rest, flags);                                                                           \
  mode_t mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0;  \
  va_end(rest);                                                                                    \
  if ((flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC))) {                          \
    FAIL_OR(name, OPENS, dir_fd, path, __VA_ARGS__, flags, mode);                                  \
  }                                                                                                \
  return REAL(name)(__VA_ARGS__, flags, mode)

int open(const char *p, int flags, ...) { OPEN(open, -1, p, flags, p); }
int open64(const char *p, int flags, ...) { OPEN(open64, -1, p, flags, p); }
int openat(int d, const char *p, int flags, ...) { OPEN(openat, d, p, flags, d, p); }
int openat64(int d, const char *p, int flags, ...) { OPEN(openat64, d, p, flags, d, p); }
