/* SPDX-License-Identifier: MIT */
/* The system's generator; there is none to fall back to. */
#include "net/entropy.h"

#include <assert.h>
#include <errno.h>

#include <sys/random.h>

void
entropy_fill(void *to, size_t len)
{
	size_t filled = 0;
	while (filled < len) {
		const ssize_t got =
		    getrandom((char *)to + filled, len - filled, 0);
		assert(got > 0 || errno == EINTR);
		filled += got > 0 ? (size_t)got : 0;
	}
}

uint16_t
entropy_u16(void)
{
	uint16_t number = 0;
	entropy_fill(&number, sizeof(number));
	return number;
}
