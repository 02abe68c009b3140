#ifndef CSYS_H
#define CSYS_H
/* What Glibc hides behind _GNU_SOURCE, variadic calls or mutable globals. No logic. */
int csys_set_thread_name(const char *name);

/* Columns of the terminal behind a descriptor, 0 when there is none. */
int csys_terminal_columns(int descriptor);
#endif
