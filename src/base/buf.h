/* SPDX-License-Identifier: MIT */
/*
 * Text that grows in an arena. What is in it is always followed by a zero
 * byte, so at may be used as a string while nothing is added.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stddef.h>

struct arena;

struct buf {
	struct arena *arena;
	char *at;
	size_t len;
	size_t room;
};

/** An empty buffer whose text will live in *arena*. */
struct buf buf_new(struct arena *arena);

/** Adds the bytes of *text*. */
void buf_add(struct buf *buf, struct str text);

/** Adds a zero-terminated string of our own. */
void buf_adds(struct buf *buf, const char *text);

/** Adds the byte *c*. */
void buf_addc(struct buf *buf, char c);

/** Adds the byte *c* *count* times. */
void buf_fill(struct buf *buf, char c, size_t count);

/** Adds formatted text of our own, like printf(). */
void buf_addf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Views what is in *buf*; valid until something is added. */
struct str buf_str(const struct buf *buf);

#endif
