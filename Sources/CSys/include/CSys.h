#ifndef CSYS_H
#define CSYS_H
#include <sys/epoll.h>
#include <sys/eventfd.h> /* epoll, eventfd: not in the Glibc module */
/* What Glibc hides behind _GNU_SOURCE, variadic calls, macros or mutable globals. No rules. */
#include <malloc.h> /* malloc_trim */
#include <sys/types.h>

/* Names the calling thread (at most 15 bytes; longer names are cut). 0 or an errno. */
int csys_set_thread_name(const char *name);

/* Starts argv[0] (looked up in PATH unless it has a slash) with the environment envp (NULL: ours), descriptors 0, 1 and 2
   being the given ones and no other left open. The program leads a process group of its own, has every signal at its default
   and unblocked, and gets SIGKILL when the THREAD that called this ends: call it from a thread that lives as long as the process.
   0 and *pid, or the errno of what failed, a failed exec included. */
int csys_spawn(pid_t *pid, const char *const argv[], const char *const envp[], int input, int output, int error);

/* What waitpid's status says: the exit status (0...255), or minus the number of the signal that ended the program. */
int csys_exit_status(int status);

/* A descriptor that becomes readable when the process ends (pidfd_open); -1 and errno where the kernel has none. */
int csys_pidfd_open(pid_t pid);

/* A pipe whose ends close on exec. 0, or -1 and errno. */
int csys_pipe(int ends[2]);

/* 0, or -1 and errno. */
int csys_set_nonblocking(int descriptor, int on);

/* The terminal's width in columns; 0 when the descriptor is no terminal or does not say. */
int csys_terminal_columns(int descriptor);

/* An exclusive lock on the whole file that ends with the descriptor: 0 taken, 1 another holds it, -1 and errno. */
int csys_try_lock(int descriptor);
#endif
