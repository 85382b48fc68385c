/* SPDX-License-Identifier: MIT */
/* Allocation that ends the program instead of failing. */
#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

static _Noreturn void
out_of_memory(void)
{
	static const char text[] = "ivycheck: out of memory\n";
	/* Nothing can be done if even this is not written. */
	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0) {
		_exit(2);
	}
	_exit(2);
}

void *
xmalloc(size_t size)
{
	void *at = malloc(size ? size : 1);
	if (!at) {
		out_of_memory();
	}
	return at;
}

void *
xcalloc(size_t count, size_t size)
{
	void *at = calloc(count ? count : 1, size ? size : 1);
	if (!at) {
		out_of_memory();
	}
	return at;
}

void *
xrealloc(void *old, size_t size)
{
	void *at = realloc(old, size ? size : 1);
	if (!at) {
		out_of_memory();
	}
	return at;
}

void
alloc_reserve(size_t size)
{
	assert(size > 0 && size <= ALLOC_FOR_LIBRARY);
	free(xmalloc(size));
}
