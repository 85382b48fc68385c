/* SPDX-License-Identifier: MIT */
/* The system's generator; there is none to fall back to. */
#include "net/entropy.h"

#include <assert.h>
#include <errno.h>

#include <sys/random.h>

uint16_t
entropy_u16(void)
{
	uint16_t number = 0;
	ssize_t got;
	do {
		got = getrandom(&number, sizeof(number), 0);
	} while (got < 0 && errno == EINTR);
	assert(got == sizeof(number));
	return number;
}
