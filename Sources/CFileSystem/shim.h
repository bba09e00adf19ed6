#ifndef HALFTERM_CFILESYSTEM_SHIM_H
#define HALFTERM_CFILESYSTEM_SHIM_H
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
#endif
