#define _GNU_SOURCE
#include "CSys.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Runs in the child, in the parent's memory (vfork): system calls only, nothing that allocates or takes a lock. */
static int become(pid_t parent, const char *const argv[], const char *const envp[], const int given[3]) {
    int high[3];
    sigset_t none;
    struct sigaction standard = {.sa_handler = SIG_DFL};
    if (setpgid(0, 0) != 0) return errno;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
    if (getppid() != parent) return ESRCH; /* the parent ended before prctl: nobody is left to die with */
    /* Above 2 first: a given descriptor may itself be 0, 1 or 2, and dup2 onto itself would keep its close-on-exec. */
    for (int i = 0; i < 3; i++)
        if ((high[i] = fcntl(given[i], F_DUPFD_CLOEXEC, 3)) < 0) return errno;
    for (int i = 0; i < 3; i++)
        if (dup2(high[i], i) < 0) return errno;
#ifdef SYS_close_range
    syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC; kernels before 5.11 refuse, ours are close-on-exec anyway */);
#endif
    for (int number = 1; number < NSIG; number++)
        if (number != SIGKILL && number != SIGSTOP) sigaction(number, &standard, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvpe(argv[0], (char *const *)argv, (char *const *)envp);
    return errno;
}

int csys_spawn(pid_t *pid, const char *const argv[], const char *const envp[], int input, int output, int error) {
    const int given[3] = {input, output, error};
    volatile int failure = 0;
    sigset_t all, before;
    pid_t parent = getpid(), child;
    if (envp == NULL) envp = (const char *const *)environ;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before); /* no handler of ours may run in the child */
    child = vfork();
    if (child == 0) {
        failure = become(parent, argv, envp, given); /* seen by the parent: one memory until exec or _exit */
        _exit(127);
    }
    if (child < 0) failure = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (failure != 0 && child > 0) {
        siginfo_t ended;
        while (waitid(P_PID, (id_t)child, &ended, WEXITED) != 0 && errno == EINTR) {}
    }
    if (failure == 0) *pid = child;
    return failure;
}
