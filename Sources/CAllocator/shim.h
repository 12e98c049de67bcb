// The part of the C library's allocator that Swift's module of it leaves out.
#include <malloc.h>
