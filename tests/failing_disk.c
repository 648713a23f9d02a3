/* A disk that fails at its n-th write, for a whole process whatever library writes: SQLite, tantivy (Rust), NumPy, Python.
 *
 * Loaded before the C library (LD_PRELOAD). `disk_fails(root, at, number)` begins: of the steps that write under `root`, the `at`-th fails with the
 * error `number`, once it has written half of its bytes; a full disk (ENOSPC) stays full; 0: the process is killed there. `disk_steps()` says how many came. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static char root[PATH_MAX];
static atomic_int steps, at;
static int number;

void disk_fails(const char *under, int at_, int number_) {
    strncpy(root, under, sizeof root - 1);
    steps = 0;
    number = number_;
    at = at_;
}

int disk_steps(void) { return steps; }

static int is_ours(const char *path) { return at && !strncmp(path, root, strlen(root)); }

static int is_ours_open(int handle) {
    char link[64], path[PATH_MAX];
    if (!at) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

/* Whether this step is the one that fails, or comes after it on a disk that is full. */
static int fails(int takes_room) {
    int count = ++steps;
    if (count != at && !(number == ENOSPC && takes_room && count > at)) return 0;
    if (count == at && !takes_room && number == ENOSPC) return 0;
    return 1;
}

static int failed(void) {
    if (!number) raise(SIGKILL);
    errno = number;
    return -1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int handle, const void *data, size_t size) {
    if (!is_ours_open(handle) || !fails(1)) return REAL(write)(handle, data, size);
    REAL(write)(handle, data, size / 2);
    return failed();
}

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t place) {
    if (!is_ours_open(handle) || !fails(1)) return REAL(pwrite64)(handle, data, size, place);
    REAL(pwrite64)(handle, data, size / 2, place);
    return failed();
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t place) { return pwrite64(handle, data, size, place); }

ssize_t writev(int handle, const struct iovec *parts, int count) {
    if (!is_ours_open(handle) || !fails(1)) return REAL(writev)(handle, parts, count);
    return failed();
}

#define ON_HANDLE(name, takes_room, type, ...)                                                            \
    int name type {                                                                                       \
        return is_ours_open(handle) && fails(takes_room) ? failed() : REAL(name)(__VA_ARGS__);            \
    }
ON_HANDLE(fsync, 0, (int handle), handle)
ON_HANDLE(fdatasync, 0, (int handle), handle)
ON_HANDLE(ftruncate, 1, (int handle, off_t size), handle, size)
ON_HANDLE(ftruncate64, 1, (int handle, off64_t size), handle, size)

int rename(const char *from, const char *to) { return is_ours(to) && fails(0) ? failed() : REAL(rename)(from, to); }

int unlink(const char *path) { return is_ours(path) && fails(0) ? failed() : REAL(unlink)(path); }

#define OPENING(name)                                                                                     \
    int name(const char *path, int flags, ...) {                                                          \
        va_list rest;                                                                                     \
        va_start(rest, flags);                                                                            \
        int mode = va_arg(rest, int);                                                                     \
        va_end(rest);                                                                                     \
        int makes = (flags & O_CREAT) && is_ours(path) && (number != ENOSPC || access(path, F_OK));           \
        return makes && fails(1) ? failed() : REAL(name)(path, flags, mode);                                  \
    }
OPENING(open)
OPENING(open64)
