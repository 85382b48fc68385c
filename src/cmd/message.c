/* SPDX-License-Identifier: MIT */
/* Messages: safe to print, whatever they repeat. */
#include "cmd/message.h"

#include "base/buf.h"
#include "text/escape.h"

#include <errno.h>

#include <unistd.h>

struct str
message_safe(struct arena *arena, struct patterns *patterns, struct str text)
{
	struct buf safe = buf_new(arena);
	struct str part;
	const char *between = "";
	/* escape() would double what is escaped already. */
	while (str_split(&text, '\\', &part)) {
		buf_adds(&safe, between);
		buf_add(&safe, escape(arena, patterns, part));
		between = "\\";
	}
	return buf_str(&safe);
}

void
message_write(struct str text)
{
	while (text.len > 0) {
		const ssize_t len = write(STDERR_FILENO, text.at, text.len);
		if (len < 0 && errno == EINTR) {
			continue;
		}
		if (len <= 0) {
			return;
		}
		text = str_from(text, (size_t)len);
	}
}
