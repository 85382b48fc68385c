/* SPDX-License-Identifier: MIT */
/*
 * Escaping what is not printable. Nearly all that DNS holds is ASCII, for
 * which no pattern is needed; what is not is cut into short pieces, so that
 * a long text costs no more than its length.
 */
#include "text/escape.h"

#include "base/buf.h"
#include "text/patterns.h"
#include "text/utf8.h"

#include <assert.h>

enum {
	PIECE = 256, /* bytes of a run beyond ASCII that are matched at once */
	UTF8_MAX = 4,
};

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '\\';
}

/** True for the second and later bytes of a character. */
static bool
is_continuation(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

static void
add_escaped(struct buf *to, struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		buf_addf(to, "\\%03u", (unsigned char)bytes.at[i]);
	}
}

/** Where the run of plain ASCII at *from* ends. */
static size_t
plain_end(struct str raw, size_t from)
{
	while (from < raw.len && is_plain((unsigned char)raw.at[from])) {
		from++;
	}
	return from;
}

/**
 * Where the run beyond ASCII at *from* ends, or is long enough; never inside
 * a character.
 */
static size_t
beyond_end(struct str raw, size_t from)
{
	size_t to = from;
	while (to < raw.len && (unsigned char)raw.at[to] >= 0x80) {
		const bool inside = is_continuation((unsigned char)raw.at[to]);
		if (to - from >= PIECE + UTF8_MAX ||
		    (to - from >= PIECE && !inside)) {
			break;
		}
		to++;
	}
	return to;
}

/** Adds *piece*, which is all beyond ASCII. */
static void
add_beyond(struct buf *to, struct patterns *patterns, struct str piece)
{
	struct match match;
	size_t at = 0;
	while (at < piece.len &&
	       pattern_find(patterns, PATTERN_PRINTABLE, piece, at, &match)) {
		const struct span shown = match.group[0];
		assert(shown.to > shown.from);
		add_escaped(to, str_slice(piece, at, shown.from));
		buf_add(to, str_slice(piece, shown.from, shown.to));
		at = shown.to;
	}
	add_escaped(to, str_from(piece, at));
}

struct str
escape(struct arena *arena, struct patterns *patterns, struct str raw)
{
	struct buf to = buf_new(arena);
	size_t at = 0;
	if (plain_end(raw, 0) == raw.len) {
		return raw;
	}
	while (at < raw.len) {
		const size_t plain = plain_end(raw, at);
		const size_t beyond = beyond_end(raw, plain);
		buf_add(&to, str_slice(raw, at, plain));
		add_beyond(&to, patterns, str_slice(raw, plain, beyond));
		at = beyond;
		if (plain == beyond && at < raw.len) {
			add_escaped(&to, str_slice(raw, at, at + 1));
			at++;
		}
	}
	return buf_str(&to);
}

/** *bytes*, or the beginning of the printable character it lies in. */
static size_t
character_start(struct patterns *patterns, struct str raw, size_t bytes)
{
	size_t back = 0;
	while (back < UTF8_MAX && back < bytes && bytes - back < raw.len &&
	       is_continuation((unsigned char)raw.at[bytes - back])) {
		back++;
	}
	if (back == 0) {
		return bytes;
	}
	const size_t start = bytes - back;
	struct match match;
	const bool inside =
	    pattern_find(patterns, PATTERN_PRINTABLE,
		str_slice(raw, start, start + UTF8_MAX), 0, &match) &&
	    match.group[0].from == 0 && match.group[0].to > back;
	return inside ? start : bytes;
}

size_t
escape_bytes(struct arena *arena, struct patterns *patterns, struct str raw,
    size_t bytes)
{
	assert(bytes <= raw.len);
	const size_t end = character_start(patterns, raw, bytes);
	return escape(arena, patterns, str_slice(raw, 0, end)).len;
}

size_t
escape_points(struct arena *arena, struct patterns *patterns, struct str raw,
    size_t bytes)
{
	const size_t end = escape_bytes(arena, patterns, raw, bytes);
	const struct str shown = escape(arena, patterns, raw);
	return utf8_length(str_slice(shown, 0, end));
}
