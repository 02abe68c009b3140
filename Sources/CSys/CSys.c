#define _GNU_SOURCE
#include "CSys.h"
#include <pthread.h>
#include <sys/ioctl.h>

int csys_set_thread_name(const char *name) { return pthread_setname_np(pthread_self(), name); }

int csys_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
