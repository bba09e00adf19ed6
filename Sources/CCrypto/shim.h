#ifndef HALFTERM_CCRYPTO_SHIM_H
#define HALFTERM_CCRYPTO_SHIM_H
#include <openssl/evp.h>
#endif
