/* SPDX-License-Identifier: MIT */
/*
 * A library to be preloaded: memory is refused to the program, as
 * IVYCHECK_ALLOTMENT says:
 *
 *   nth:12      the twelfth request, and no other; what ldns asks for is not
 *               counted, for it does not bear a refusal
 *   octets:4096 what would make it have more than so many at the same time
 *
 * With the first refusal the file IVYCHECK_REFUSED is made.
 */
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *at);

static long long nth;    /* the request to refuse; 0: none */
static long long octets; /* that may be had; 0: any number */
static long long requests;
static long long held;
static bool refused;

__attribute__((constructor)) static void
start(void)
{
	const char *said = getenv("IVYCHECK_ALLOTMENT");
	if (said && strncmp(said, "nth:", 4) == 0) {
		nth = atoll(said + 4);
	} else if (said && strncmp(said, "octets:", 7) == 0) {
		octets = atoll(said + 7);
	}
}

static bool
is_ldns(const void *caller)
{
	Dl_info info;
	return dladdr(caller, &info) && info.dli_fname &&
	       strstr(info.dli_fname, "libldns");
}

/** Notes that something is refused. */
static void *
refuse(void)
{
	const char *path = getenv("IVYCHECK_REFUSED");
	if (!refused && path) {
		refused = true;
		(void)close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	}
	errno = ENOMEM;
	return NULL;
}

/** True if *caller* is not to get *size* more. */
static bool
is_refused(size_t size, const void *caller)
{
	if (octets > 0) {
		return held + (long long)size > octets;
	}
	return nth > 0 && !is_ldns(caller) && ++requests == nth;
}

static void *
hold(void *at)
{
	held += (long long)malloc_usable_size(at);
	return at;
}

void *
malloc(size_t size)
{
	return is_refused(size, __builtin_return_address(0))
		   ? refuse()
		   : hold(__libc_malloc(size));
}

void *
calloc(size_t count, size_t size)
{
	size_t all;
	return __builtin_mul_overflow(count, size, &all) ||
		       is_refused(all, __builtin_return_address(0))
		   ? refuse()
		   : hold(__libc_calloc(count, size));
}

void *
realloc(void *old, size_t size)
{
	if (is_refused(size, __builtin_return_address(0))) {
		return refuse();
	}
	held -= (long long)malloc_usable_size(old);
	return hold(__libc_realloc(old, size));
}

void
free(void *at)
{
	held -= (long long)malloc_usable_size(at);
	__libc_free(at);
}
