#ifndef FORGEWIRE_CSQLITE_SHIM_H
#define FORGEWIRE_CSQLITE_SHIM_H

#include <sqlite3.h>

// sqlite3_config() takes what each option needs, which Swift cannot call.
static inline int forgewire_sqlite3_disable_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
