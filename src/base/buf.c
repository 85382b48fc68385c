/* SPDX-License-Identifier: MIT */
/* Growing text; the old copy stays in the arena until that is freed. */
#include "base/buf.h"

#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	FIRST_ROOM = 128
};

struct buf
buf_new(struct arena *arena)
{
	assert(arena);
	return (struct buf){ .arena = arena };
}

static void
buf_grow(struct buf *buf, size_t need)
{
	size_t room = buf->room ? buf->room * 2 : FIRST_ROOM;
	if (room < need) {
		room = need;
	}
	char *at = arena_room(buf->arena, room);
	if (buf->len > 0) {
		memcpy(at, buf->at, buf->len);
	}
	buf->at = at;
	buf->room = room;
}

/** Makes room for *more* bytes and the zero byte. */
static inline char *
buf_reserve(struct buf *buf, size_t more)
{
	const size_t need = buf->len + more + 1;
	if (need > buf->room) {
		buf_grow(buf, need);
	}
	return buf->at + buf->len;
}

void
buf_add(struct buf *buf, struct str text)
{
	char *to = buf_reserve(buf, text.len);
	if (text.len > 0) {
		memcpy(to, text.at, text.len);
	}
	buf->len += text.len;
	buf->at[buf->len] = '\0';
}

void
buf_adds(struct buf *buf, const char *text)
{
	buf_add(buf, str_of(text));
}

void
buf_addc(struct buf *buf, char c)
{
	char *to = buf_reserve(buf, 1);
	to[0] = c;
	to[1] = '\0';
	buf->len++;
}

void
buf_fill(struct buf *buf, char c, size_t count)
{
	memset(buf_reserve(buf, count), c, count);
	buf->len += count;
	buf->at[buf->len] = '\0';
}

void
buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(len >= 0);
	char *to = buf_reserve(buf, (size_t)len);
	va_start(args, format);
	(void)vsnprintf(to, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
}

struct str
buf_str(const struct buf *buf)
{
	return (struct str){ .at = buf->at, .len = buf->len };
}
