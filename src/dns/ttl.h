/* SPDX-License-Identifier: MIT */
/* Times to live in text. */
#ifndef DNS_TTL_H
#define DNS_TTL_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Reads *word* as a TTL in seconds: a number, or numbers with s, m, h, d or
 * w behind them ("1h30m"). False if it is none, or over 2^31 - 1.
 */
bool ttl_read(struct str word, uint32_t *ret);

#endif
