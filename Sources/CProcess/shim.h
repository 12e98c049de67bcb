#ifndef FORGEWIRE_CPROCESS_SHIM_H
#define FORGEWIRE_CPROCESS_SHIM_H

// Swift can call none of these: what runs between fork and exec must not be Swift, `prctl` and `clone` take
// what each use needs, and `environ` is no constant.

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

// GNU declarations, which the including compiler may have switched off; the same as the system's.
extern int clone(int (*function)(void *), void *stack, int flags, void *argument, ...);
extern int pipe2(int ends[2], int flags);
extern char **environ;

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

enum {
    FORGEWIRE_CLONE_VM = 0x00000100,
    FORGEWIRE_CLONE_PIDFD = 0x00001000,
    FORGEWIRE_CLONE_VFORK = 0x00004000,
    FORGEWIRE_STACK_BYTES = 256 * 1024,
    // Where `close_range` is not there (Linux before 5.9), nobody has more descriptors than this.
    FORGEWIRE_CLOSED_ONE_BY_ONE_MAX = 65536,
};

/// What a child is made of. All pointers live until `forgewire_start` returns.
struct forgewire_start {
    /// Paths of the program, tried in this order; ends with NULL.
    char *const *programs;
    char *const *arguments;
    char *const *variables;
    /// NULL for the parent's.
    const char *directory;
    /// What becomes stdin, stdout and stderr, each at least 3; -1 leaves the parent's in place.
    int descriptors[3];
    /// The soft limit of descriptors of the child; 0 leaves the parent's.
    uint64_t descriptors_max;
    /// Answer: the errno of what failed, else 0.
    int error;
    /// Answer: whether what failed was the working directory.
    int is_directory_wrong;
};

/// Runs in the child, which shares its parent's memory until the exec: system calls alone, nothing that locks
/// or allocates.
static int forgewire_child(void *argument) {
    struct forgewire_start *start = argument;
    // No handler of the parent may run here, and nothing it ignores be ignored. Who has no handler to set
    // (SIGKILL, SIGSTOP, the C library's own) is refused, which does no harm.
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    for (int number = 1; number < 65; number++) (void)sigaction(number, &action, NULL);
    if (setpgid(0, 0) != 0) goto failed;
    if (start->directory != NULL && chdir(start->directory) != 0) {
        start->is_directory_wrong = 1;
        goto failed;
    }
    for (int number = 0; number < 3; number++) {
        int descriptor = start->descriptors[number];
        if (descriptor >= 0 && dup2(descriptor, number) < 0) goto failed;
    }
    if (start->descriptors_max != 0) {
        struct rlimit limit;
        if (getrlimit(RLIMIT_NOFILE, &limit) != 0) goto failed;
        limit.rlim_cur = start->descriptors_max < limit.rlim_max ? start->descriptors_max : limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) goto failed;
    }
    if (syscall(SYS_close_range, 3U, ~0U, 0U) != 0) {
        for (int number = 3; number < FORGEWIRE_CLOSED_ONE_BY_ONE_MAX; number++) (void)close(number);
    }
    sigset_t none;
    sigemptyset(&none);
    if (sigprocmask(SIG_SETMASK, &none, NULL) != 0) goto failed;
    int refusal = ENOENT;
    for (char *const *program = start->programs; *program != NULL; program++) {
        (void)execve(*program, start->arguments, start->variables);
        // As a shell does: what is elsewhere in the path may be what is meant.
        if (errno != ENOENT && errno != ENOTDIR && errno != EACCES) goto failed;
        if (errno == EACCES) refusal = EACCES;
    }
    errno = refusal;
failed:
    start->error = errno;
    _exit(127);
}

/// Starts a child in a process group of its own; the calling thread waits until the program is loaded.
///
/// Nothing is needed of the descriptors' table: if there is no room for the child's own descriptor, `process`
/// is -1, and its end has to be asked for.
///
/// Returns the process id, or -1 with `error` set, and then no child is left.
static inline pid_t forgewire_start(struct forgewire_start *start, int *process) {
    *process = -1;
    start->error = 0;
    start->is_directory_wrong = 0;
    char *stack = mmap(NULL, FORGEWIRE_STACK_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    if (stack == MAP_FAILED) {
        start->error = ENOMEM;
        return -1;
    }
    sigset_t all, before;
    int cancelability;
    sigfillset(&all);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancelability);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int flags = FORGEWIRE_CLONE_VM | FORGEWIRE_CLONE_VFORK | SIGCHLD;
    pid_t child = clone(forgewire_child, stack + FORGEWIRE_STACK_BYTES, flags | FORGEWIRE_CLONE_PIDFD, start,
                        process);
    if (child < 0 && (errno == EMFILE || errno == ENFILE || errno == EINVAL)) {
        *process = -1;
        child = clone(forgewire_child, stack + FORGEWIRE_STACK_BYTES, flags, start);
    }
    if (child < 0) start->error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_setcancelstate(cancelability, NULL);
    munmap(stack, FORGEWIRE_STACK_BYTES);
    if (child >= 0 && start->error != 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
        if (*process >= 0) close(*process);
        *process = -1;
        child = -1;
    }
    return child;
}

/// Makes a pipe that no child inherits, with both ends at least 3. Returns 0 or an errno; then there is none.
static inline int forgewire_pipe(int *read_end, int *write_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    for (int index = 0; index < 2; index++) {
        if (ends[index] > 2) continue;
        int moved = fcntl(ends[index], F_DUPFD_CLOEXEC, 3);
        int error = errno;
        close(ends[index]);
        ends[index] = moved;
        if (moved >= 0) continue;
        close(ends[1 - index]);
        return error;
    }
    *read_end = ends[0];
    *write_end = ends[1];
    return 0;
}

/// Has reads or writes of a descriptor return at once.
static inline int forgewire_set_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

/// Whether a child has exited; it stays a zombie. Whom somebody else has reaped has exited, too.
static inline int forgewire_has_exited(pid_t child) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    int status;
    do status = waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT);
    while (status != 0 && errno == EINTR);
    return status != 0 || info.si_pid == child;
}

/// Reaps a child that has exited. Returns its exit code, or the negative number of the signal that ended it;
/// `unknown` if somebody else has reaped it.
static inline int forgewire_reap(pid_t child, int unknown) {
    int status;
    pid_t reaped;
    do reaped = waitpid(child, &status, 0);
    while (reaped < 0 && errno == EINTR);
    if (reaped != child) return unknown;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/// Reaps a child that has exited, if it is one and has. Returns whether that was so.
static inline int forgewire_reap_if_exited(pid_t child) {
    pid_t reaped;
    do reaped = waitpid(child, NULL, WNOHANG);
    while (reaped < 0 && errno == EINTR);
    return reaped == child;
}

/// Whether any child has exited and is not yet reaped.
static inline int forgewire_has_zombies(void) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

/// Moves the variables of the environment to the heap and overwrites them where the system shows them, in
/// /proc/PID/environ. To be called before another thread reads a variable. Returns 0 or ENOMEM.
static inline int forgewire_hide_environment(void) {
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++) {
        size_t bytes = strlen(*variable);
        char *copy = malloc(bytes + 1);
        if (copy == NULL) return ENOMEM;
        memcpy(copy, *variable, bytes + 1);
        char *shown = *variable;
        *variable = copy;
        // Volatile: nobody in this program reads it, but others do.
        for (volatile char *byte = shown; byte < shown + bytes; byte++) *byte = 0;
    }
    return 0;
}

/// Tells the soft and the hard limit of descriptors. Returns 0 if they are known.
static inline int forgewire_descriptor_limits(uint64_t *soft, uint64_t *hard) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    *soft = limit.rlim_cur;
    *hard = limit.rlim_max;
    return 0;
}

/// Sets the soft limit of descriptors. Returns 0 if that could be done.
static inline int forgewire_set_descriptor_limit(uint64_t soft) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    limit.rlim_cur = soft;
    return setrlimit(RLIMIT_NOFILE, &limit);
}

/// Says whether the memory of this process may be read by others of the same user, and dumped.
static inline int forgewire_set_dumpable(int is_dumpable) {
    return prctl(PR_SET_DUMPABLE, (unsigned long)is_dumpable, 0UL, 0UL, 0UL);
}

#endif
