#ifndef HALFTERM_CRENAME_SHIM_H
#define HALFTERM_CRENAME_SHIM_H
#include <sys/syscall.h>
#include <unistd.h>

// Swaps two folders in one step, so that there is no moment without a whole pack. The C library's own declaration of
// renameat2 is hidden from Swift, which does not define _GNU_SOURCE.
static inline int halfterm_exchange(const char *first, const char *second) {
  const int here = -100;  // AT_FDCWD; its header would bring types that Swift knows from elsewhere
  const unsigned int exchange = 1u << 1;
  return (int)syscall(SYS_renameat2, here, first, here, second, exchange);
}
#endif
