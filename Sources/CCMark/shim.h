#ifndef HALFTERM_CCMARK_SHIM_H
#define HALFTERM_CCMARK_SHIM_H
#include <cmark.h>
#endif
