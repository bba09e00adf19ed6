#ifndef HALFTERM_CXLSXWRITER_SHIM_H
#define HALFTERM_CXLSXWRITER_SHIM_H
#include <xlsxwriter.h>
#endif
