/* SPDX-License-Identifier: MIT */
#include "cmd/unreadable.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/jsonout.h"
#include "cmd/message.h"
#include "cmd/session.h"
#include "text/escape.h"

enum {
	LONGEST_INPUT = 256, /* code points of a line in an error */
};

struct str
unreadable_text(const struct session *session, struct arena *arena,
    struct str line, const struct err *err)
{
	struct buf to = buf_new(arena);
	struct jsonout json = jsonout_new(&to, true);
	jsonout_object(&json);
	jsonout_key(&json, "schema");
	jsonout_text(&json, STR("ivycheck/report/1"));
	jsonout_key(&json, "input");
	jsonout_text(&json, line);
	jsonout_key(&json, "error");
	jsonout_object(&json);
	jsonout_key(&json, "code");
	jsonout_text(&json, str_of(err_code_text(err->code)));
	jsonout_key(&json, "message");
	jsonout_text(
	    &json, message_safe(arena, session->patterns, str_of(err->text)));
	jsonout_end_object(&json);
	jsonout_end_object(&json);
	buf_addc(&to, '\n');
	return buf_str(&to);
}

struct str
unreadable_line(
    const struct session *session, struct arena *arena, struct str line)
{
	const struct str safe = escape(arena, session->patterns, line);
	size_t points = 0;
	size_t end = 0;
	while (end < safe.len && points < LONGEST_INPUT) {
		end++;
		/* Not into the middle of a UTF-8 sequence. */
		while (end < safe.len && (safe.at[end] & 0xc0) == 0x80) {
			end++;
		}
		points++;
	}
	return str_slice(safe, 0, end);
}
