/* SPDX-License-Identifier: MIT */
/*
 * Memory from the system, for base/ and the few places that hold memory
 * longer than a report. Without memory there is nothing sensible to go on
 * with, so these end the program with a sentence and exit code 2.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

enum {
	ALLOC_FOR_LIBRARY = 512
			    << 10, /* more than any call takes that we make */
};

/** Like malloc(), but never NULL; the caller frees it with free(). */
void *xmalloc(size_t size);

/** Like calloc(), but never NULL; the caller frees it with free(). */
void *xcalloc(size_t count, size_t size);

/** Like realloc(), but never NULL; the caller frees it with free(). */
void *xrealloc(void *old, size_t size);

/**
 * Makes sure that *size* octets can be had after this, in parts: before a
 * library is called that cannot tell that it had no memory.
 */
void alloc_reserve(size_t size);

#endif
