#ifndef FORGEWIRE_CISAL_SHIM_H
#define FORGEWIRE_CISAL_SHIM_H

#include <isa-l/igzip_lib.h>

#endif
