#ifndef HALFTERM_CFILESYSTEM_SHIM_H
#define HALFTERM_CFILESYSTEM_SHIM_H
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// The C library's own declarations of renameat2 and syncfs are hidden from Swift, which does not define _GNU_SOURCE.

// Swaps two folders in one step, so that there is no moment without a whole pack.
static inline int halfterm_exchange(const char *first, const char *second) {
  const int here = -100;  // AT_FDCWD; its header would bring types that Swift knows from elsewhere
  const unsigned int exchange = 1u << 1;
  return (int)syscall(SYS_renameat2, here, first, here, second, exchange);
}

// Waits until everything written to the file system of an open folder is on its disk.
static inline int halfterm_write_out(int folder) { return (int)syscall(SYS_syncfs, folder); }

// Forbids core dumps and reading this process's memory, and lets a crash end the process without a report: all three
// would show names.
static inline void halfterm_hide_memory(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
  for (unsigned int i = 0; i < sizeof crashes / sizeof *crashes; i++) signal(crashes[i], SIG_DFL);
}

// Returns whether a signal is ignored, as it is under nohup.
static inline int halfterm_ignores(int number) {
  struct sigaction action;
  return sigaction(number, 0, &action) == 0 && action.sa_handler == SIG_IGN;
}
#endif
