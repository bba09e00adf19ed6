#ifndef HALFTERM_CZIP_SHIM_H
#define HALFTERM_CZIP_SHIM_H
#include <zip.h>
#endif
