#include "commit.h"

const char *halfterm_commit(void) { return HALFTERM_COMMIT; }
