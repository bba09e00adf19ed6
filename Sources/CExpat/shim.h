#ifndef HALFTERM_CEXPAT_SHIM_H
#define HALFTERM_CEXPAT_SHIM_H
#include <expat.h>
#endif
