/* SPDX-License-Identifier: MIT */
/* Numbers that nobody can foresee, for ids and ports (RFC 5452 9.2). */
#ifndef NET_ENTROPY_H
#define NET_ENTROPY_H

#include <stddef.h>
#include <stdint.h>

/** Fills *to* with *len* octets. */
void entropy_fill(void *to, size_t len);

/** A number from 0 to 65535, each as likely as the others. */
uint16_t entropy_u16(void);

#endif
